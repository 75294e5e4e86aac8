package org.leaklab.exercise;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a file is saved. What counts is that its content is another one: some editors write a new file and rename
 * it, others write in two steps. The system says that something happens in the folder; where it does not, as on some
 * network drives, the file is looked at every {@value #LOOK_MILLIS} ms.
 */
public final class SavedFile implements AutoCloseable {

    private static final long LOOK_MILLIS = 500;

    /** An editor that writes in two steps is done by then. */
    private static final long SETTLE_MILLIS = 100;

    private final Path file;
    private final WatchService service;
    private byte[] seen;

    private SavedFile(Path file, WatchService service) throws IOException {
        this.file = file;
        this.service = service;
        this.seen = content();
    }

    /** Begins to watch. */
    public static SavedFile watch(Path file) throws IOException {
        WatchService service = FileSystems.getDefault().newWatchService();
        Workbook.of(file)
                .folder()
                .register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
        return new SavedFile(file, service);
    }

    /** Takes the file as it is now for seen. */
    public void seen() throws IOException {
        seen = content();
    }

    /**
     * Waits until the content is not the one that was seen.
     *
     * @return false if the time is over
     */
    public boolean await(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            byte[] now = content();
            if (now.length > 0 && !Arrays.equals(now, seen)) {
                TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                return true;
            }
            WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
        }
        return false;
    }

    /** Empty if there is no file at the moment. */
    private byte[] content() throws IOException {
        return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
