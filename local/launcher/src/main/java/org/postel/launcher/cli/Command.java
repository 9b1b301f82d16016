package org.postel.launcher.cli;

import java.io.IOException;
import java.util.List;

/** One command of the script. */
@FunctionalInterface
interface Command {

    /** Done. */
    int DONE = 0;
    /** Could not be done. */
    int FAILED = 1;
    /** There is no platform to ask. */
    int NOT_RUNNING = 3;

    /**
     * Does it.
     *
     * @param arguments what stands after the command's name
     * @return the exit code
     * @throws IOException when disk or network refuse
     * @throws org.postel.launcher.FailedException with a sentence for the user
     * @throws org.postel.launcher.UsageException when the arguments are wrong
     */
    int run(List<String> arguments) throws IOException;
}
