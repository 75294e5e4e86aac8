package org.leaklab.field.stuck;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Grpc;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** An interceptor hears that a call is closed, and does not pass it on: a blocking call waits for ever. */
@Expected(value = Answer.LEAKED, stuck = 3, bothKinds = true, after = "grpc-java #12648")
public final class GrpcCloseSwallowed implements Program {

    private static final int CALLS = 3;

    @Override
    public void start(Threads threads) throws IOException, InterruptedException {
        CountDownLatch closed = new CountDownLatch(CALLS);
        Channel channel = ClientInterceptors.intercept(Grpc.start().channel(), new Swallowing(closed));
        for (int i = 0; i < CALLS; i++) {
            threads.stuck(i, () -> ClientCalls.blockingUnaryCall(channel, Grpc.GET, CallOptions.DEFAULT, "price"));
        }
        closed.await();
    }

    private record Swallowing(CountDownLatch closed) implements ClientInterceptor {

        @Override
        public <A, B> ClientCall<A, B> interceptCall(MethodDescriptor<A, B> method, CallOptions options, Channel next) {
            return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
                @Override
                public void start(Listener<B> to, Metadata headers) {
                    super.start(
                            new ForwardingClientCallListener.SimpleForwardingClientCallListener<>(to) {
                                @Override
                                public void onClose(Status status, Metadata trailers) {
                                    closed.countDown(); // and not super.onClose
                                }
                            },
                            headers);
                }
            };
        }
    }
}
