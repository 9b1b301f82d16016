package org.postel.launcher.platform;

import java.util.List;

/**
 * What {@code status} shows of one process.
 *
 * @param name the process
 * @param pid its id, of the last start
 * @param ports where it listens
 * @param restarts how often it died and was started again
 * @param lastDeath when and how it died last, empty when it never did
 * @param nextStart when it is started again, empty while it runs
 */
public record ProcessState(String name, long pid, List<Integer> ports, int restarts, String lastDeath,
        String nextStart) {
}
