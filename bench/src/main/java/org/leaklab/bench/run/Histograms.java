package org.leaklab.bench.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.leaklab.results.RecordedLog;

/**
 * A folder for the histograms that rows leave. A fork writes into a fresh folder of its own; when it has ended well,
 * its files take the place of those that it left in an earlier run.
 *
 * @param folder there only when some row left a histogram
 */
record Histograms(Path folder) {

    /** A temporary folder for one fork of a row. */
    Fresh fresh() throws IOException {
        return new Fresh(Files.createTempDirectory("leaklab-histograms"));
    }

    /** Closing it deletes what was not kept. */
    final class Fresh implements AutoCloseable {

        private final Path own;

        private Fresh(Path own) {
            this.own = own;
        }

        Path folder() {
            return own;
        }

        /** All values that the fork recorded, in one histogram; null where it left none. */
        @Nullable
        Histogram merged() throws IOException {
            Histogram all = null;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(own, "[!.]*.hlog")) {
                for (Path file : files) {
                    Histogram more = RecordedLog.read(file).all();
                    if (all == null) {
                        all = more;
                    } else {
                        all.add(more);
                    }
                }
            }
            return all;
        }

        /** Keeps what a fork of the row left; what an earlier run left of it goes with the first fork. */
        void keep(int fork) throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(own, "[!.]*")) {
                for (Path file : files) {
                    Files.createDirectories(folder);
                    String name = withoutFork(file);
                    if (fork == 1) {
                        deleteEarlier(name);
                    }
                    Path kept = folder.resolve(name + (fork == 1 ? "" : "-" + fork) + ".hlog");
                    Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }

        private void deleteEarlier(String name) throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    if (withoutFork(file).equals(name)) {
                        Files.delete(file);
                    }
                }
            }
        }

        /** Further forks of a row leave files with a number. Names end in a word otherwise. */
        private static String withoutFork(Path file) {
            return file.getFileName().toString().replaceFirst("(-\\d+)?\\.hlog$", "");
        }

        @Override
        public void close() throws IOException {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(own)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(own);
        }
    }
}
