package org.leaklab.field.healthy;

import io.grpc.CallOptions;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.leaklab.field.Answer;
import org.leaklab.field.Expected;
import org.leaklab.field.Grpc;
import org.leaklab.field.Load;
import org.leaklab.field.Program;
import org.leaklab.field.Threads;

/** A gRPC service and its clients, which block for the answer. */
@Expected(value = Answer.HEALTHY, after = "gRPC with blocking clients, under load")
public final class GrpcBusy implements Program {

    private static @Nullable Grpc service;

    @Override
    public void start(Threads threads) throws IOException {
        Grpc grpc = Grpc.start();
        service = grpc;
        Load.start(() -> ClientCalls.blockingUnaryCall(grpc.channel(), Grpc.GET, CallOptions.DEFAULT, "price"));
    }
}
