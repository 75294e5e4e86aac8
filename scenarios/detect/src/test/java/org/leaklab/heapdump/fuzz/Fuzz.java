package org.leaklab.heapdump.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.leaklab.heapdump.Findings;
import org.leaklab.heapdump.HeapDump;
import org.leaklab.heapdump.HeapDump.BrokenDumpException;

/**
 * {@code Fuzz DUMP.hprof COUNT SEED} damages a small dump in COUNT ways, the first with SEED and each next with one
 * more, and lets the analysis read each. It must answer, or refuse with one sentence, in time and in the memory that
 * this JVM has. Prints how many of each kind were refused; stops at the first that went wrong, with its seed and exit
 * code 1.
 */
public final class Fuzz {

    private static final int SECONDS = 20;
    private static final int LONGEST_SENTENCE = 500;

    private Fuzz() {}

    /** Runs the mutations. */
    public static void main(String[] args) throws Exception {
        byte[] whole = Files.readAllBytes(Path.of(args[0]));
        int count = Integer.parseInt(args[1]);
        long first = Long.parseLong(args[2]);
        Places places = new Places(whole);
        Path file = Files.createTempFile("damaged", ".hprof");
        ExecutorService reader = Executors.newSingleThreadExecutor();
        int status = 0;
        try {
            String complaint = healthy(Path.of(args[0]));
            if (complaint != null) {
                System.out.println("the undamaged dump: " + complaint);
                status = 1;
            }
            Map<Mutation, int[]> table = new EnumMap<>(Mutation.class);
            for (long seed = first; seed < first + count && status == 0; seed++) {
                Mutation kind = Mutation.kind(seed);
                Files.write(file, Mutation.of(whole, places, seed));
                String[] said = {null};
                complaint = read(reader, file, said);
                if (complaint != null) {
                    System.out.println("seed " + seed + " (" + kind + "): " + complaint);
                    status = 1;
                }
                int[] row = table.computeIfAbsent(kind, unused -> new int[2]);
                row[said[0] == null ? 0 : 1]++;
            }
            System.out.printf("%-28s %8s %8s%n", "MUTATION", "ANSWERED", "REFUSED");
            table.forEach((kind, row) -> System.out.printf("%-28s %8d %8d%n", kind, row[0], row[1]));
        } finally {
            Files.deleteIfExists(file);
        }
        System.out.println(status == 0 ? count + " mutations, all well" : "failed");
        System.out.flush();
        Runtime.getRuntime().halt(status); // a reader that hangs does not keep this up
    }

    /** Reads the dump as it was, or else refusing everything would pass. */
    private static @Nullable String healthy(Path file) throws IOException {
        Findings findings = HeapDump.analyse(file);
        return findings.leaked().size() >= 10
                ? null
                : "only " + findings.leaked().size() + " leaked threads";
    }

    /** What went wrong, or null; leaves in {@code said} the sentence of a refusal. */
    private static @Nullable String read(ExecutorService reader, Path file, @Nullable String[] said)
            throws InterruptedException {
        Future<Findings> answer = reader.submit(() -> HeapDump.analyse(file));
        try {
            answer.get(SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (TimeoutException e) {
            return "no answer within " + SECONDS + " s";
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokenDumpException)) {
                e.getCause().printStackTrace(System.out);
                return "neither an answer nor a refusal: " + e.getCause();
            }
            said[0] = e.getCause().getMessage();
            return sentence(said[0]);
        }
    }

    private static @Nullable String sentence(@Nullable String text) {
        boolean fine = text != null
                && text.length() <= LONGEST_SENTENCE
                && text.contains(" ")
                && text.chars().noneMatch(Character::isISOControl);
        return fine ? null : "refused with what is no clear sentence: " + text;
    }
}
