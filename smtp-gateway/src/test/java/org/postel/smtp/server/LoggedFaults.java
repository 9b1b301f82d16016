package org.postel.smtp.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged by anybody until it is closed and tells of a fault of ours: a warning or worse, and each exception. */
final class LoggedFaults extends Handler implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private final List<String> faults = new CopyOnWriteArrayList<>();

    LoggedFaults() {
        ROOT.addHandler(this);
    }

    List<String> all() {
        return faults;
    }

    @Override
    public void publish(LogRecord told) {
        if (told.getLevel().intValue() >= Level.WARNING.intValue() || told.getThrown() != null) {
            faults.add(told.getLoggerName() + ": " + told.getMessage() + ", " + told.getThrown());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        ROOT.removeHandler(this);
    }
}
