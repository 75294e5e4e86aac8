package org.leaklab.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.leaklab.results.Circumstances;
import org.leaklab.results.JmhResult;
import org.leaklab.results.ResultFile;

/**
 * Results by the name of the file that they are from.
 *
 * @param circumstances what the records beside the results say, a record each
 */
public record Input(String name, List<JmhResult> results, List<Circumstances> circumstances) {

    public Input {
        results = List.copyOf(results);
        circumstances = List.copyOf(circumstances);
    }

    /**
     * Reads files, or folders of files.
     *
     * @throws IllegalArgumentException if one is malformed or holds no result; the message says so in a sentence
     */
    static List<Input> read(List<Path> files) {
        List<Input> inputs = new ArrayList<>();
        List<String> names = names(files);
        for (int i = 0; i < files.size(); i++) {
            List<JmhResult> results = new ArrayList<>();
            List<Circumstances> circumstances = new ArrayList<>();
            for (Path file : ResultFile.files(files.get(i))) {
                results.addAll(ResultFile.read(file));
                Circumstances.beside(file).ifPresent(circumstances::add);
            }
            if (results.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + files.get(i) + "\" holds no result: there is nothing to compare");
            }
            inputs.add(new Input(names.get(i), results, circumstances));
        }
        return inputs;
    }

    /** The files without those that are named twice. */
    static List<Path> once(List<Path> files) {
        List<Path> all = new ArrayList<>();
        List<Path> real = new ArrayList<>();
        for (Path file : files) {
            Path target = real(file);
            if (!real.contains(target)) {
                real.add(target);
                all.add(file);
            }
        }
        return all;
    }

    private static Path real(Path file) {
        try {
            return file.toFile().exists() ? file.toRealPath() : file.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shortest ends of paths that tell the files apart; a file that is given twice gets a number. */
    public static List<String> names(List<Path> files) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
            int length = 1;
            while (length < file.getNameCount() && isAmbiguous(file, length, files)) {
                length++;
            }
            String name = end(file, length).toString().replace('\\', '/');
            String numbered = name;
            for (int number = 2; names.contains(numbered); number++) {
                numbered = name + " (" + number + ")";
            }
            names.add(numbered);
        }
        return names;
    }

    private static boolean isAmbiguous(Path file, int length, List<Path> files) {
        return files.stream()
                .anyMatch(other -> !other.equals(file) && end(other, length).equals(end(file, length)));
    }

    private static Path end(Path file, int length) {
        int names = file.getNameCount();
        return names == 0 ? file : file.subpath(Math.max(0, names - length), names);
    }
}
