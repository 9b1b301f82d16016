package org.postel.bench.stack;

import java.io.IOException;

/** Stops a stack once: at its regular end, or when the bench itself is ended by a signal. */
final class StoppedOnce implements MailStack.Ending {

    private final MailStack.Ending ending;
    private boolean stopped;

    StoppedOnce(MailStack.Ending ending) {
        this.ending = ending;
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stopAtExit));
    }

    @Override
    public synchronized void stop() throws IOException {
        if (!stopped) {
            stopped = true;
            ending.stop();
        }
    }

    private void stopAtExit() {
        try {
            stop();
        } catch (IOException failed) {
            System.err.println("Could not stop in good order: " + failed.getMessage());
        }
    }
}
