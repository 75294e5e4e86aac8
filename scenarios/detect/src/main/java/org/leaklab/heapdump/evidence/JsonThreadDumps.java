package org.leaklab.heapdump.evidence;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import org.leaklab.heapdump.process.Commands;
import org.leaklab.heapdump.process.TheirFile;

/** Takes JSON thread dumps of a running JVM. */
public final class JsonThreadDumps {

    /** The first JDK that cannot crash while it writes one; it is also the first whose dump has all locks. */
    public static final int SAFE = 26;

    private JsonThreadDumps() {}

    /**
     * Asks a JVM for the states and locks of all its threads, virtual ones too. The threads run on meanwhile.
     *
     * @param file where that JVM writes them; it is deleted afterwards, its directory is not
     * @throws IOException if the connection fails, or the JVM cannot write the file
     */
    public static JsonThreadDump take(Commands commands, TheirFile file) throws IOException {
        Files.deleteIfExists(file.ours());
        file.lend();
        String said = commands.run(
                "Thread.dump_to_file", "-format=json", file.theirs().toString());
        file.takeBack();
        if (!Files.isRegularFile(file.ours(), LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("the JVM could not write its threads: "
                    + said.lines().reduce((one, last) -> last).orElse("it gives no reason"));
        }
        try (Reader in = Files.newBufferedReader(file.ours())) {
            return JsonThreadDump.read(in);
        } finally {
            Files.deleteIfExists(file.ours());
        }
    }
}
