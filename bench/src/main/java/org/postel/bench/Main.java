package org.postel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.postel.engines.ChildFailedException;
import org.postel.launcher.FailedException;
import org.postel.launcher.UsageException;

/** Runs {@code ./postel bench}. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {
    }

    /**
     * Ends with 0 when all figures could be measured and reached their goals, or all was well in the soak.
     *
     * @param arguments what stands after {@code bench}
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            Path root = Path.of(System.getProperty("postel.root", "")).toAbsolutePath().normalize();
            BenchOptions options = BenchOptions.of(arguments, Figures.NAMES);
            return (options.soak() ? SoakRun.of(root, options) : new Bench(root, options).run()) ? 0 : FAILED;
        } catch (UsageException wrong) {
            System.err.println(wrong.getMessage());
            return USAGE;
        } catch (FailedException | ChildFailedException | IOException failed) {
            System.err.println(failed.getMessage());
            return FAILED;
        }
    }
}
