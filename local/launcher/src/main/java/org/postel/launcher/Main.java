package org.postel.launcher;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.postel.launcher.cli.Commands;

/** Runs one command of the script {@code postel}. */
public final class Main {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Main() {
    }

    /**
     * Ends with the command's exit code.
     *
     * @param arguments the command, then its arguments
     */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            return Commands.of(Path.of(System.getProperty("postel.root", ""))).run(arguments);
        } catch (UsageException wrong) {
            System.err.println(wrong.getMessage());
            return USAGE;
        } catch (FailedException failed) {
            System.err.println(failed.getMessage());
            return FAILED;
        } catch (FileSystemException refused) {
            System.err.println("The disk refused: " + refused.getFile() + ": "
                    + Optional.ofNullable(refused.getReason()).orElse(refused.getClass().getSimpleName()));
            return FAILED;
        } catch (IOException failed) {
            System.err.println("Postel could not do it: " + failed.getMessage());
            return FAILED;
        }
    }
}
