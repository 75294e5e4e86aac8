package org.example;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

/** Leaves a platform thread behind: nobody takes its answer. */
class PlatformLeakTest {

    @Test
    void asksForAPrice() throws InterruptedException {
        SynchronousQueue<String> answer = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("price").start(() -> send(answer));
    }

    private static void send(SynchronousQueue<String> answer) {
        try {
            answer.put("42");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
