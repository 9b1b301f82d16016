package org.postel.endtoend;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs one class of tests in this process and ends with 0 when it has tests and all of them held; prints each that did not. */
public final class FuzzProgram {

    private static final int FAILED = 1;
    private static final int STACK_FRAMES = 30;

    private FuzzProgram() {
    }

    /**
     * Ends the process.
     *
     * @param arguments the name of the class
     */
    public static void main(String[] arguments) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(arguments[0])).build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter output = new PrintWriter(System.out, true);
        summary.printFailuresTo(output, STACK_FRAMES);
        boolean held = summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
        System.exit(held ? 0 : FAILED);
    }
}
