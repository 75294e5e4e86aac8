package org.leaklab.core;

import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what is logged at a level and above. */
class RecordingLogger implements System.Logger {

    record Entry(Level level, String message, @Nullable Throwable thrown) {}

    final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final Level lowest;

    RecordingLogger(Level lowest) {
        this.lowest = lowest;
    }

    @Override
    public String getName() {
        return "recording";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= lowest.getSeverity();
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
        entries.add(new Entry(level, message, thrown));
    }

    @Override
    public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
        entries.add(new Entry(level, MessageFormat.format(format, values), null));
    }
}
