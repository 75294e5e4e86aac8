/**
 * The catalogue of known leaks, and the lab that runs them. Each leak is a scenario with a leaky and a fixed form.
 *
 * <p>Start at {@link org.leaklab.scenario.Scenario} to write a scenario, and at {@link org.leaklab.lab.Lab} to run one.
 * The lab compares what a run does with what the scenario's class says.
 */
module org.leaklab.scenarios {
    requires transitive org.leaklab.core;
    requires transitive org.leaklab.detect;
    requires java.management;
    requires java.net.http;
    requires jdk.httpserver;
    requires static transitive org.jspecify;

    exports org.leaklab.lab;
    exports org.leaklab.scenario;

    uses org.leaklab.scenario.Scenario;

    provides org.leaklab.scenario.Scenario with
            org.leaklab.scenario.channel.SendWithoutReceiver,
            org.leaklab.scenario.channel.ReceiveWithoutSender,
            org.leaklab.scenario.channel.SurplusSenders,
            org.leaklab.scenario.channel.SurplusReceivers,
            org.leaklab.scenario.channel.NilChannelSend,
            org.leaklab.scenario.channel.NilChannelReceive,
            org.leaklab.scenario.channel.RangeOverUnclosedChannel,
            org.leaklab.scenario.channel.DoubleSend,
            org.leaklab.scenario.channel.EarlyReturn,
            org.leaklab.scenario.channel.FirstResultWins,
            org.leaklab.scenario.channel.SelectNeverReady,
            org.leaklab.scenario.channel.ClosedChannelSpin,
            org.leaklab.scenario.cancellation.UncancelledContext,
            org.leaklab.scenario.cancellation.CancelNeverCalled,
            org.leaklab.scenario.cancellation.IgnoresCancellation,
            org.leaklab.scenario.cancellation.SleepIgnoresCancellation,
            org.leaklab.scenario.cancellation.SwallowedInterrupt,
            org.leaklab.scenario.cancellation.BlockingCallWithoutTimeout,
            org.leaklab.scenario.cancellation.TimeoutAbandonsTask,
            org.leaklab.scenario.cancellation.TimeoutHoldsResource,
            org.leaklab.scenario.cancellation.TickerNeverStopped,
            org.leaklab.scenario.lock.MutexNeverUnlocked,
            org.leaklab.scenario.lock.MutexRelock,
            org.leaklab.scenario.lock.LockOrderDeadlock,
            org.leaklab.scenario.lock.OwnerDied,
            org.leaklab.scenario.lock.MissedNotify,
            org.leaklab.scenario.lock.ReadToWriteUpgrade,
            org.leaklab.scenario.counter.WaitgroupMissingDone,
            org.leaklab.scenario.counter.WaitgroupOverAdd,
            org.leaklab.scenario.counter.BarrierMissingParty,
            org.leaklab.scenario.loop.InfiniteLoop,
            org.leaklab.scenario.io.HttpResponseNotClosed,
            org.leaklab.scenario.io.HttpHandlerDetachedTask,
            org.leaklab.scenario.io.HttpHandlerWritesAfterDisconnect,
            org.leaklab.scenario.callback.DeferredTaskWithoutContext,
            org.leaklab.scenario.callback.CallbackNeverFires,
            org.leaklab.scenario.callback.FutureNeverCompleted,
            org.leaklab.scenario.jvm.ExecutorNeverShutDown,
            org.leaklab.scenario.jvm.PinnedCarrier,
            org.leaklab.scenario.structured.TaskGroupPattern,
            org.leaklab.scenario.structured.BoundedConcurrencyPattern,
            org.leaklab.scenario.structured.PipelinePattern,
            org.leaklab.scenario.structured.FanOutFanInPattern,
            org.leaklab.scenario.structured.WorkerPoolPattern,
            org.leaklab.scenario.pitfall.SwallowedError,
            org.leaklab.scenario.pitfall.ContextNotPropagated,
            org.leaklab.scenario.pitfall.SharedLoopVariable,
            org.leaklab.scenario.pitfall.ProducerNeverCloses,
            org.leaklab.scenario.pitfall.SemaphoreOutsideGroup;
}
