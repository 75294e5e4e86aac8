import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A shop again, a week later: the gifts are mended.
 *
 * <p>Some of its threads can never be woken, all at one place, and there are more of them each minute. Find them in the
 * running program; reading alone takes long. Run it in one window, and look at it from another one:
 *
 * <pre>
 *   java exercises/Press.java                         runs it
 *   jps -m                                            shows which process it is: the line that ends with Press.java
 *   java -jar bench/target/benchmarks.jar detect PID  shows what can never be woken, and what only waits
 * </pre>
 *
 * <p>Write the name of one of them and its line into the last line of this file, as in "worker-3 Press.java:12". Do not
 * change other lines: the line is the one in the file as you got it.
 *
 * <p>Check it: java -jar bench/target/benchmarks.jar exercise check press
 */
public final class Press {

    /** What a customer orders. */
    record Order(int number, String customer, String article, int count) {}

    /** What has been paid. */
    record Payment(Order order, long cents) {}

    /** What the printer gets. */
    record Label(Order order, String text) {}

    private final Stock stock = new Stock();
    private final Till till = new Till();
    private final Mail mail = new Mail();
    private final Labels labels = new Labels();
    private final Statistics statistics = new Statistics();
    private final Prices prices = new Prices();
    private final BlockingQueue<Order> incoming = new ArrayBlockingQueue<>(20);
    private final BlockingQueue<Order> paid = new LinkedBlockingQueue<>();

    /** Runs until it is stopped. */
    public static void main(String[] args) throws InterruptedException {
        Press shop = new Press();
        shop.open();
        System.out.println("open; stop it with Ctrl-C");
        while (true) {
            TimeUnit.SECONDS.sleep(10);
            System.out.println(shop.statistics);
        }
    }

    private void open() {
        stock.fill();
        for (int i = 1; i <= 2; i++) {
            start("customer-" + i, this::buy);
        }
        for (int i = 1; i <= 3; i++) {
            start("cashier-" + i, this::cash);
        }
        for (int i = 1; i <= 2; i++) {
            start("packer-" + i, this::pack);
        }
        start("printer", labels::print);
        start("postman", mail::deliver);
        start("supplier", stock::supply);
        start("auditor", this::audit);
        ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor(task -> named("clock", task));
        pool.scheduleAtFixedRate(prices::change, 50, 50, TimeUnit.MILLISECONDS);
        pool.scheduleAtFixedRate(statistics::tick, 1, 1, TimeUnit.SECONDS);
    }

    private static void start(String name, Step step) {
        named(name, () -> {
            try {
                while (true) {
                    step.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }).start();
    }

    private static Thread named(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One round of what a thread does. */
    interface Step {
        void run() throws InterruptedException;
    }

    // ---- customers

    private final AtomicInteger numbers = new AtomicInteger();

    private void buy() throws InterruptedException {
        int number = numbers.incrementAndGet();
        String article = stock.articles().get(number % stock.articles().size());
        Order order = new Order(number, Thread.currentThread().getName(), article, 1 + number % 3);
        incoming.put(order);
        statistics.ordered.incrementAndGet();
        Optional<String> letter = mail.read(order.customer());
        letter.ifPresent(text -> statistics.letters.incrementAndGet());
        TimeUnit.MILLISECONDS.sleep(5 + number % 7);
    }

    // ---- cashiers

    private void cash() throws InterruptedException {
        Order order = incoming.take();
        long price = prices.of(order.article()) * order.count();
        if (!till.pay(new Payment(order, price))) {
            mail.send(order.customer(), "your card was refused");
            return;
        }
        if (order.number() % 40 == 0) {
            gift(order);
        }
        paid.put(order);
        statistics.paid.incrementAndGet();
    }

    /** Looks for a gift in two places, and takes what is found first. */
    private void gift(Order order) throws InterruptedException {
        BlockingQueue<String> found = new ArrayBlockingQueue<>(2);
        for (String place : List.of("cellar", "attic")) {
            named("gift-" + place + "-" + order.number(), () -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(place.equals("cellar") ? 1 : 40);
                    found.put("a cup from the " + place);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }).start();
        }
        String gift = found.take();
        mail.send(order.customer(), gift);
    }

    // ---- packers

    private void pack() throws InterruptedException {
        Order order = paid.take();
        if (!stock.take(order.article(), order.count())) {
            mail.send(order.customer(), "we are out of " + order.article());
            return;
        }
        CompletableFuture<Label> label = labels.ask(order);
        try {
            statistics.packed.addAndGet(label.get(5, TimeUnit.SECONDS).text().isEmpty() ? 0 : 1);
        } catch (ExecutionException e) {
            mail.send(order.customer(), "we cannot read your address");
        } catch (TimeoutException e) {
            statistics.late.incrementAndGet();
        }
        mail.send(order.customer(), "your parcel is on its way");
    }

    // ---- the auditor

    private void audit() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(700);
        List<String> articles = stock.articles();
        CountDownLatch counted = new CountDownLatch(articles.size());
        AtomicInteger sum = new AtomicInteger();
        for (String article : articles) {
            named("count-" + article, () -> {
                try {
                    sum.addAndGet(stock.count(article));
                } finally {
                    counted.countDown();
                }
            }).start();
        }
        counted.await();
        statistics.inStock.set(sum.get());
    }

    /** What is in the shop. */
    private static final class Stock {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Map<String, Integer> counts = new HashMap<>();
        private final List<String> articles = List.of("lamp", "chair", "table", "shelf", "carpet");

        List<String> articles() {
            return articles;
        }

        void fill() {
            lock.lock();
            try {
                articles.forEach(article -> counts.put(article, 10));
            } finally {
                lock.unlock();
            }
        }

        boolean take(String article, int count) {
            lock.lock();
            try {
                int left = counts.get(article);
                if (left < count) {
                    changed.signalAll();
                    return false;
                }
                counts.put(article, left - count);
                changed.signalAll();
                return true;
            } finally {
                lock.unlock();
            }
        }

        int count(String article) {
            lock.lock();
            try {
                return counts.get(article);
            } finally {
                lock.unlock();
            }
        }

        /** Waits until something is scarce, and brings more of it. */
        void supply() throws InterruptedException {
            lock.lock();
            try {
                while (counts.values().stream().noneMatch(left -> left < 5)) {
                    changed.await();
                }
                counts.replaceAll((article, left) -> left < 5 ? left + 20 : left);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Where customers pay. */
    private final class Till {
        private final Semaphore lines = new Semaphore(2);
        private final AtomicLong cents = new AtomicLong();

        boolean pay(Payment payment) throws InterruptedException {
            lines.acquire();
            try {
                cents.addAndGet(payment.cents());
                if (payment.order().number() % 40 == 1) {
                    return seenByTwo(payment) && signed(payment);
                }
                return payment.order().number() % 11 != 0;
            } finally {
                lines.release();
            }
        }

        /** Asks the bank in a thread of its own, for two seconds at most. */
        private boolean signed(Payment payment) throws InterruptedException {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            named("bank-" + payment.order().number(), () -> {
                long wait = payment.cents() % 3;
                answer.complete(wait < 3);
            }).start();
            try {
                return answer.get(2, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        }

        /** Has a second cashier look at a payment. */
        private boolean seenByTwo(Payment payment) throws InterruptedException {
            CompletableFuture<Boolean> seen = new CompletableFuture<>();
            CompletableFuture<Long> sum = new CompletableFuture<>();
            named("second-" + payment.order().number(), () -> {
                boolean right = sum.join() == payment.cents();
                seen.complete(right);
            }).start();
            try {
                return seen.get(20, TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                return payment.cents() > 0;
            }
        }
    }

    /** Letters to customers. */
    private static final class Mail {
        private record Letter(String to, String text) {}

        private final BlockingQueue<Letter> bag = new LinkedBlockingQueue<>();
        private final Map<String, Queue<String>> boxes = new ConcurrentHashMap<>();

        void send(String to, String text) throws InterruptedException {
            bag.put(new Letter(to, text));
        }

        void deliver() throws InterruptedException {
            Letter letter = bag.take();
            Queue<String> box = boxes.computeIfAbsent(letter.to(), name -> new ArrayDeque<>());
            synchronized (box) {
                box.add(letter.text());
            }
        }

        Optional<String> read(String name) {
            Queue<String> box = boxes.get(name);
            if (box == null) {
                return Optional.empty();
            }
            synchronized (box) {
                return Optional.ofNullable(box.poll());
            }
        }
    }

    /** Prints labels, one after the other. */
    private static final class Labels {
        private record Asked(Order order, CompletableFuture<Label> label) {}

        private final BlockingQueue<Asked> asked = new SynchronousQueue<>();

        CompletableFuture<Label> ask(Order order) throws InterruptedException {
            CompletableFuture<Label> label = new CompletableFuture<>();
            asked.put(new Asked(order, label));
            return label;
        }

        void print() throws InterruptedException {
            Asked next = asked.take();
            if (next.order().customer().isEmpty()) {
                next.label().completeExceptionally(new IllegalStateException("no address"));
            } else {
                next.label().complete(new Label(next.order(), "to " + next.order().customer()));
            }
        }
    }

    /** Prices, which change. */
    private static final class Prices {
        private final Map<String, Long> cents = new ConcurrentHashMap<>();

        long of(String article) {
            return cents.computeIfAbsent(article, name -> 100L * name.length());
        }

        void change() {
            cents.replaceAll((article, price) -> price > 2000 ? 100L * article.length() : price + 1);
        }
    }

    /** What is said each ten seconds. */
    private static final class Statistics {
        final AtomicInteger ordered = new AtomicInteger();
        final AtomicInteger paid = new AtomicInteger();
        final AtomicInteger packed = new AtomicInteger();
        final AtomicInteger letters = new AtomicInteger();
        final AtomicInteger late = new AtomicInteger();
        final AtomicInteger inStock = new AtomicInteger();
        private final List<Integer> perSecond = new ArrayList<>();
        private int before;

        synchronized void tick() {
            int now = packed.get();
            perSecond.add(now - before);
            before = now;
            if (perSecond.size() > 60) {
                perSecond.removeFirst();
            }
        }

        @Override
        public synchronized String toString() {
            return "ordered " + ordered + ", paid " + paid + ", packed " + packed + ", letters " + letters + ", late "
                    + late + ", in stock " + inStock + ", packed per second " + perSecond;
        }
    }
}

// answer: ?
