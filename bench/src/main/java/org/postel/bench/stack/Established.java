package org.postel.bench.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The numbers of all sockets of this machine that are established TCP connections, from /proc/net (proc_pid_net(5)). */
final class Established {

    private static final List<String> TABLES = List.of("tcp", "tcp6");
    private static final int STATE = 3;
    private static final int NUMBER = 9;
    private static final String IS_ESTABLISHED = "01";

    private Established() {
    }

    static Set<Long> sockets() throws IOException {
        Set<Long> sockets = new HashSet<>();
        for (String table : TABLES) {
            ProcessTable.read(Path.of("/proc/net", table)).ifPresent(text -> sockets.addAll(parse(text)));
        }
        return sockets;
    }

    /** From the text of a table, whose first line is a heading. */
    static Set<Long> parse(String text) {
        Set<Long> sockets = new HashSet<>();
        text.lines().skip(1).map(line -> line.strip().split(" +"))
                .filter(fields -> fields[STATE].equals(IS_ESTABLISHED))
                .forEach(fields -> sockets.add(Long.valueOf(fields[NUMBER])));
        return sockets;
    }
}
