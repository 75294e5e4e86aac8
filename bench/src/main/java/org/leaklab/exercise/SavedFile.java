package org.leaklab.exercise;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a file is saved. A save counts if the content is another one: some editors write a new file and rename
 * it, others write in two steps. The system says that something happens in the folder; where it does not, as on some
 * network drives, the file is looked at every {@value #LOOK_MILLIS} ms.
 */
public final class SavedFile implements AutoCloseable {

    /** What has become of the file. */
    public enum Save {
        /** Nothing was seen. */
        NONE,
        /** It has another content. */
        CHANGED,
        /** It was written and has the same content. */
        UNCHANGED,
        /** There is no such file, or it is empty, and that lasts. */
        GONE
    }

    private static final long LOOK_MILLIS = 500;

    /** An editor that writes in two steps is done by then. */
    private static final long SETTLE_MILLIS = 100;

    private final Path file;
    private final WatchService service;
    private byte[] seen;
    private FileTime written;
    private boolean isGone;

    private SavedFile(Path file, WatchService service) throws IOException {
        this.file = file;
        this.service = service;
        this.written = written();
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
        written = written();
        seen = content();
        isGone = false;
    }

    /**
     * Waits until the file is saved, or is gone. What is said once is not said again, but for a change.
     *
     * @return {@link Save#NONE} if the time is over
     */
    public Save await(Duration atMost) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        int empty = 0;
        while (System.nanoTime() < deadline) {
            FileTime time = written();
            byte[] now = content();
            if (now.length == 0) {
                empty++;
            } else if (!Arrays.equals(now, seen)) {
                TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                return Save.CHANGED;
            } else if (!time.equals(written)) {
                written = time;
                isGone = false;
                return Save.UNCHANGED;
            }
            WatchKey key = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            } else if (empty > 1 && !isGone) { // for a whole interval, and no editor is at work
                isGone = true;
                return Save.GONE;
            }
        }
        return Save.NONE;
    }

    /** The beginning of time if there is no file at the moment: an editor may be about to put it back. */
    private FileTime written() throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        }
    }

    /** Empty if there is no file at the moment. */
    private byte[] content() throws IOException {
        try {
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (NoSuchFileException e) {
            return new byte[0];
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
