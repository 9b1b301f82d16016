package org.postel.imap.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The commands of RFC 5464 §4.2 and §4.3. Without a mailbox they are about the server. Names of entries are in lower case. */
public sealed interface MetadataCommand {

    default String verb() {
        return getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    /** How far below the entries named others are told. */
    enum Depth { ZERO, ONE, INFINITY }

    /** @param maxSize values of more octets are left out */
    record GetMetadata(Optional<MailboxName> mailbox, List<String> entries, Depth depth, OptionalLong maxSize) implements MetadataCommand {
    }

    /** An empty value removes the entry. */
    record SetMetadata(Optional<MailboxName> mailbox, Map<String, Optional<byte[]>> entries) implements MetadataCommand {
    }
}
