package org.postel.smtp.command;

import java.util.List;
import java.util.Set;

/** Headers for tests of what is made of them. */
public final class Headers {

    private Headers() {
    }

    /** What the gateway notes of these lines. */
    public static Header scan(byte[] lines) {
        HeaderScanner scanner = new HeaderScanner((octets, offset, length) -> { }, 1 << 20, Set.of(), header -> List.of());
        scanner.accept(lines, 0, lines.length);
        scanner.end();
        return scanner.header();
    }
}
