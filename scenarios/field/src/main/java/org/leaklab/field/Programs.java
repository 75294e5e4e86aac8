package org.leaklab.field;

import java.util.List;
import org.leaklab.field.healthy.CaffeineScheduled;
import org.leaklab.field.healthy.DisruptorIdle;
import org.leaklab.field.healthy.ForkJoinBusy;
import org.leaklab.field.healthy.GrpcBusy;
import org.leaklab.field.healthy.GuavaBusy;
import org.leaklab.field.healthy.HikariIdle;
import org.leaklab.field.healthy.HttpClientBusy;
import org.leaklab.field.healthy.JdkServerPlatform;
import org.leaklab.field.healthy.JdkServerVirtual;
import org.leaklab.field.healthy.JettyBusy;
import org.leaklab.field.healthy.LogbackBusy;
import org.leaklab.field.healthy.MainAwaits;
import org.leaklab.field.healthy.MainSleeps;
import org.leaklab.field.healthy.NettyBusy;
import org.leaklab.field.healthy.OkHttpIdle;
import org.leaklab.field.healthy.QuartzIdle;
import org.leaklab.field.healthy.ReactorBusy;
import org.leaklab.field.healthy.RxBusy;
import org.leaklab.field.healthy.SchedulersIdle;
import org.leaklab.field.healthy.TomcatBusy;
import org.leaklab.field.healthy.UndertowBusy;
import org.leaklab.field.healthy.VirtualChurn;
import org.leaklab.field.stuck.CaffeineLoadsCross;
import org.leaklab.field.stuck.GrpcCloseSwallowed;
import org.leaklab.field.stuck.GuavaLoadsCross;
import org.leaklab.field.stuck.GuavaPoolWaitsForItself;
import org.leaklab.field.stuck.HikariSecondConnection;
import org.leaklab.field.stuck.HttpClientPoolForgotten;
import org.leaklab.field.stuck.JettyRequestsDeadlock;
import org.leaklab.field.stuck.LogbackOutputLocked;
import org.leaklab.field.stuck.LogbackWorkerDied;
import org.leaklab.field.stuck.NettyLoopWaitsForItself;
import org.leaklab.field.stuck.ObjectPoolEmpty;
import org.leaklab.field.stuck.OkHttpFailureIgnored;
import org.leaklab.field.stuck.ReactorWorkerWaitsForItself;
import org.leaklab.field.stuck.RxNever;

/** The list of all programs. */
public final class Programs {

    private Programs() {}

    /** Those with stuck threads. */
    public static final List<Class<? extends Program>> STUCK = List.of(
            CaffeineLoadsCross.class,
            GrpcCloseSwallowed.class,
            GuavaLoadsCross.class,
            GuavaPoolWaitsForItself.class,
            HikariSecondConnection.class,
            HttpClientPoolForgotten.class,
            JettyRequestsDeadlock.class,
            LogbackOutputLocked.class,
            LogbackWorkerDied.class,
            NettyLoopWaitsForItself.class,
            ObjectPoolEmpty.class,
            OkHttpFailureIgnored.class,
            ReactorWorkerWaitsForItself.class,
            RxNever.class);

    /** Those that are idle, or under load. */
    public static final List<Class<? extends Program>> HEALTHY = List.of(
            MainSleeps.class,
            MainAwaits.class,
            JdkServerPlatform.class,
            JdkServerVirtual.class,
            JettyBusy.class,
            TomcatBusy.class,
            UndertowBusy.class,
            NettyBusy.class,
            GrpcBusy.class,
            HikariIdle.class,
            CaffeineScheduled.class,
            GuavaBusy.class,
            RxBusy.class,
            ReactorBusy.class,
            OkHttpIdle.class,
            HttpClientBusy.class,
            LogbackBusy.class,
            QuartzIdle.class,
            DisruptorIdle.class,
            SchedulersIdle.class,
            ForkJoinBusy.class,
            VirtualChurn.class);
}
