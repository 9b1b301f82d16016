package org.postel.launcher.cli;

import java.util.List;

import org.postel.launcher.FailedException;
import org.postel.launcher.platform.Layout;

/** A port somebody else listens on would make a start fail later; found before anything is started. */
final class Preflight {

    private final Layout layout;

    Preflight(Layout layout) {
        this.layout = layout;
    }

    void check() {
        List<String> taken = layout.taken();
        if (!taken.isEmpty()) {
            String names = String.join(", ", taken);
            throw new FailedException((taken.size() == 1 ? "Port " + names + " is" : "Ports " + names + " are")
                    + " in use by another program. Stop it, then run ./postel up again.");
        }
    }
}
