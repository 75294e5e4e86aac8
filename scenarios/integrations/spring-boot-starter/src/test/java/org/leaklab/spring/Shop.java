package org.leaklab.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application: it asks three suppliers and takes the first price, once wrongly and once rightly. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
class Shop {

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final List<Thread> stuck = new ArrayList<>();

    /** Two of three senders wait on a queue that nobody takes from any more. */
    @GetMapping("/price")
    String price() throws InterruptedException {
        return first(new SynchronousQueue<>());
    }

    /** The healthy twin: each sender has room. */
    @GetMapping("/fixed-price")
    String fixedPrice() throws InterruptedException {
        return first(new ArrayBlockingQueue<>(3));
    }

    private static String first(BlockingQueue<String> prices) throws InterruptedException {
        for (String supplier : List.of("north", "south", "west")) {
            Thread.ofVirtual().name("price-" + supplier).start(() -> send(prices));
        }
        return prices.take();
    }

    private static void send(BlockingQueue<String> prices) {
        try {
            prices.put("42");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a thread that waits for news, which the application can still send. */
    @GetMapping("/subscribe")
    String subscribe() {
        Thread.ofVirtual().name("subscriber").start(() -> {
            try {
                news.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return "subscribed on a " + (Thread.currentThread().isVirtual() ? "virtual" : "platform") + " thread";
    }

    /** Two threads wait for each other's lock, until {@link #untangle}. */
    @GetMapping("/deadlock")
    synchronized String deadlock() {
        ReentrantLock orders = new ReentrantLock();
        ReentrantLock stock = new ReentrantLock();
        CountDownLatch both = new CountDownLatch(2);
        stuck.add(Thread.ofPlatform().daemon().name("seller").start(() -> lock(orders, stock, both)));
        stuck.add(Thread.ofPlatform().daemon().name("buyer").start(() -> lock(stock, orders, both)));
        return "stuck";
    }

    private static void lock(ReentrantLock first, ReentrantLock second, CountDownLatch both) {
        first.lock();
        try {
            both.countDown();
            both.await();
            second.lockInterruptibly();
            second.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            first.unlock();
        }
    }

    @GetMapping("/untangle")
    synchronized String untangle() throws InterruptedException {
        for (Thread thread : stuck) {
            thread.interrupt();
            thread.join();
        }
        return "free";
    }
}
