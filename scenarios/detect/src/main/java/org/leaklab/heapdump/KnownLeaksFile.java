package org.leaklab.heapdump;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.leaklab.core.text.Printable;
import org.leaklab.heapdump.Findings.Cause;

/** Reads a file of {@link KnownLeaks}. It refuses what it does not understand: an entry must not be lost by a typo. */
final class KnownLeaksFile {

    private static final long MOST_BYTES = 10_000_000;
    private static final String WAITS_ON = ", waits on ";
    private static final String AT = "at ";

    private final Path name;
    private final List<String> head = new ArrayList<>();
    private final Map<LeakPlace, List<String>> entries = new LinkedHashMap<>();

    /** Comments that wait for what follows them. */
    private final List<String> pending = new ArrayList<>();

    // the entry that is being read
    private @Nullable Cause cause;
    private @Nullable String blocker;
    private final List<String> frames = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private int began;

    private int number;

    private KnownLeaksFile(Path name) {
        this.name = name;
    }

    static KnownLeaks read(Path file) throws IOException {
        Path name = file.getFileName() == null ? file : file.getFileName();
        if (!Files.isRegularFile(file)) {
            throw new IOException((Files.exists(file) ? "this is no file: " : "there is no file ") + file
                    + " with known leaks; --write-known writes one");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new IllegalArgumentException(name + " is no file of known leaks: it has more than 10 MB");
        }
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is no file of known leaks: it is no text in UTF-8", e);
        }
        KnownLeaksFile reader = new KnownLeaksFile(name);
        text.replaceFirst("^\uFEFF", "").lines().forEach(reader::line);
        return reader.end();
    }

    private void line(String line) {
        number++;
        String text = line.strip();
        if (text.isEmpty()) {
            entry();
            head.addAll(pending);
            pending.clear();
        } else if (text.startsWith("#")) {
            pending.add(text);
        } else if (text.startsWith(AT)) {
            if (cause == null) {
                throw bad("this frame belongs to no entry: a line with a cause comes first");
            }
            comments.addAll(pending);
            pending.clear();
            frames.add(text.substring(AT.length()).strip());
        } else {
            entry();
            began = number;
            int waits = text.indexOf(WAITS_ON);
            cause = cause(waits < 0 ? text : text.substring(0, waits));
            blocker =
                    waits < 0 ? null : text.substring(waits + WAITS_ON.length()).strip();
            comments.addAll(pending);
            pending.clear();
        }
    }

    private Cause cause(String word) {
        for (Cause each : Cause.values()) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        String shown = Printable.of(word.length() > 40 ? word.substring(0, 40) + "..." : word);
        throw bad("\"" + shown + "\" is no cause: an entry begins with unreachable, deadlock, class-initialization"
                + " or left-behind");
    }

    /** Keeps the entry that has been read, if there is one. */
    private void entry() {
        if (cause == null) {
            return;
        }
        if (frames.isEmpty()) {
            number = began;
            throw bad("this entry has no frames: add lines that begin with \"at\"");
        }
        entries.computeIfAbsent(new LeakPlace(cause, blocker, frames), place -> new ArrayList<>())
                .addAll(comments);
        cause = null;
        frames.clear();
        comments.clear();
    }

    private KnownLeaks end() {
        entry();
        head.addAll(pending);
        return new KnownLeaks(head, entries);
    }

    private IllegalArgumentException bad(String why) {
        return new IllegalArgumentException(name + ", line " + number + ": " + why);
    }
}
