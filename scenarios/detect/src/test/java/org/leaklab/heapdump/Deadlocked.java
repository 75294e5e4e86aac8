package org.leaklab.heapdump;

/** Uses java.base only. Threads that never go on, of both kinds; prints "ready" when they are there. */
public final class Deadlocked {

    private static final Object LEFT = new Object();
    private static final Object RIGHT = new Object();
    private static byte[][] ballast = new byte[0][];

    private Deadlocked() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            ballast = new byte[Integer.parseInt(arguments[0])][1 << 20];
        }
        Thread one = Thread.ofPlatform().daemon().name("left then right").start(() -> enter(LEFT, RIGHT));
        Thread other = Thread.ofPlatform().daemon().name("right then left").start(() -> enter(RIGHT, LEFT));
        while (one.getState() != Thread.State.BLOCKED || other.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        Thread virtual = Thread.ofVirtual().name("virtual").start(() -> {
            synchronized (LEFT) {
                System.out.println(ballast.length);
            }
        });
        while (virtual.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        System.exit(0);
    }

    private static void enter(Object first, Object second) {
        synchronized (first) {
            while (!Thread.holdsLock(second) && !bothStarted(first)) {
                Thread.onSpinWait();
            }
            synchronized (second) {
                System.out.println(ballast.length);
            }
        }
    }

    private static boolean leftHeld;
    private static boolean rightHeld;

    private static synchronized boolean bothStarted(Object held) {
        leftHeld |= held == LEFT;
        rightHeld |= held == RIGHT;
        return leftHeld && rightHeld;
    }
}
