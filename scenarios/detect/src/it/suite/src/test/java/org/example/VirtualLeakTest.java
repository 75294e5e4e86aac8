package org.example;

import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

/** Leaves a virtual thread behind: nobody takes its answer. */
class VirtualLeakTest {

    @Test
    void asksForAPrice() throws InterruptedException {
        SynchronousQueue<String> answer = new SynchronousQueue<>();
        Thread.ofVirtual().name("price").start(() -> send(answer));
    }

    private static void send(SynchronousQueue<String> answer) {
        try {
            answer.put("42");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
