package org.example;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

/** The same, cured: the test takes the answer. */
class PlatformCuredTest {

    @Test
    void asksForAPrice() throws InterruptedException {
        SynchronousQueue<String> answer = new SynchronousQueue<>();
        Thread.ofPlatform().daemon().name("price").start(() -> send(answer));
        answer.take();
    }

    private static void send(SynchronousQueue<String> answer) {
        try {
            answer.put("42");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
