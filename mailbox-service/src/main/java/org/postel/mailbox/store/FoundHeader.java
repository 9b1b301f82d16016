package org.postel.mailbox.store;

import java.util.Optional;

/**
 * A header as it was read.
 *
 * @param tip of the sole writer, which the header is made of; its last commit may not be there whole
 */
record FoundHeader(LogHeader header, Optional<Tip> tip) {}
