package org.leaklab.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.leaklab.detect.Reachability;
import org.leaklab.detect.ThreadSource;
import org.leaklab.lab.Cell;
import org.leaklab.lab.Exhibit;
import org.leaklab.serve.ProfileServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the threads of one cell stuck and serves their profile, as a service with a leak would. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Keeps the threads of one scenario stuck, and serves their profile until Ctrl-C.",
            "The profile is at /debug/pprof/, for go tool pprof and for browsers. Other tools, as jcmd, find the threads in "
                    + "this process.",
            "Exit code 0, or 2 for bad input."
        })
final class ServeCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    @Parameters(paramLabel = "ID", description = "The scenario.")
    private String id = "";

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port of 127.0.0.1 to serve at, 0 for any that is free (default 0).")
    private int port;

    @Option(
            names = "--allowed-host",
            paramLabel = "NAME",
            description = "Answer requests whose header Host has this name too, as behind a proxy (repeatable).")
    private List<String> allowedHosts = List.of();

    @Mixin
    private CellChoice choice = new CellChoice();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > LAST_PORT) {
            throw new ParameterException(spec.commandLine(), "--port is from 0 to " + LAST_PORT + ", not " + port);
        }
        List<Cell> cells = choice.cellsOfOne(id, Kinds.VIRTUAL);
        if (cells.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "serve keeps one cell, not " + cells.size()
                            + ": name one scenario, one idiom, one variant and one kind of threads");
        }
        return serve(cells.getFirst());
    }

    private int serve(Cell cell) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (Exhibit exhibit = Exhibit.of(cell);
                Reachability reachability = Reachability.of(exhibit.threads());
                ProfileServer server = ProfileServer.builder(ThreadSource.of(exhibit.threads()))
                        .port(port)
                        .reachability(reachability)
                        .allowedHosts(allowedHosts.toArray(String[]::new))
                        .start()) {
            String address = "http://127.0.0.1:" + server.address().getPort() + "/debug/pprof/";
            out.println(cell + " is kept at " + address + " until you press Ctrl-C");
            out.println("    go tool pprof -top " + address + "threads");
            out.println("    curl -X POST '" + address + "threadleak?debug=1'    collects garbage");
            out.flush();
            new CountDownLatch(1).await();
        } catch (UncheckedIOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (InterruptedException e) {
            out.println("freed");
            out.flush();
        }
        return 0;
    }
}
