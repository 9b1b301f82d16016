package org.postel.mailbox.store;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postel.mail.mime.HeaderSection;
import org.postel.mail.mime.RawField;
import org.postel.mailbox.api.v1.HeaderFields;
import org.postel.mailbox.api.v1.MessageRow;
import org.postel.mailbox.api.v1.MessageSummary;

/**
 * What is stored of a message's header beside it: the lines of its recipient, and of its content the fields that were kept.
 *
 * @param prefix lines before the content
 */
public record StoredHeader(ByteString prefix, HeaderFields fields) {

    /** Empty when nothing was kept: then the header tells. */
    public static Optional<StoredHeader> of(MessageRow row, MessageSummary summary) {
        return summary.hasFields() ? Optional.of(new StoredHeader(row.getPrefix(), summary.getFields())) : Optional.empty();
    }

    /** Whether what was kept tells all fields of this name, in whatever case, or that there is none. */
    public boolean tells(String name) {
        return Collections.binarySearch(fields.getOmittedList(), name.toLowerCase(Locale.ROOT)) < 0;
    }

    /** The fields that were kept, in the order of the header. */
    public HeaderSection section() {
        return new HeaderSection(prefix.concat(fields.getKept()).toByteArray());
    }

    /** The whole fields of some names, octet for octet; empty when what was kept does not tell them. */
    Optional<ByteString> named(Collection<String> names) {
        if (!names.stream().allMatch(this::tells)) {
            return Optional.empty();
        }
        return Optional.of(named(section(), names));
    }

    /** The whole fields of some names, octet for octet. */
    static ByteString named(HeaderSection section, Collection<String> names) {
        Set<String> wanted = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        ByteString.Output found = ByteString.newOutput();
        for (RawField field : section) {
            if (wanted.contains(field.name().toLowerCase(Locale.ROOT))) {
                found.write(field.section(), field.start(), field.end() - field.start());
            }
        }
        return found.toByteString();
    }
}
