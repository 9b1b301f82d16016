package org.postel.mailbox.directory;

import java.util.Optional;

/**
 * Who a client says it is.
 *
 * @param written as the client wrote it
 * @param address the address that is, if it is one
 */
record LoginName(String written, Optional<CanonicalAddress> address) {

    private static final int LONGEST = 320;

    static LoginName of(String written) {
        return new LoginName(written, written.length() > LONGEST ? Optional.empty() : CanonicalAddress.of(written));
    }
}
