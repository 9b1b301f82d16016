package org.postel.engines;

import java.io.IOException;

/** Asks a starting process whether it serves. */
@FunctionalInterface
public interface Probe {

    /**
     * One try, which takes a second at most.
     *
     * @return whether the process serves now
     * @throws IOException when it cannot be asked yet: the same as false
     */
    boolean isReady() throws IOException;
}
