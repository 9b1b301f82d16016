package org.postel.imap.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.MetadataCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.MailboxMetadata;
import org.postel.mailbox.api.v1.MetadataEntry;
import org.postel.mailbox.api.v1.SetMetadataRequest;
import org.postel.mailbox.api.v1.SetMetadataResponse;

/** GETMETADATA and SETMETADATA, RFC 5464 §4.2 and §4.3. */
final class MetadataCommands {

    private MetadataCommands() {
    }

    static Step run(Conversation conversation, MetadataCommand command) throws IOException, Refused {
        Completion reply = switch (command) {
            case MetadataCommand.GetMetadata it -> get(conversation, it);
            case MetadataCommand.SetMetadata it -> set(conversation, it);
        };
        return new Step(conversation.state(), reply);
    }

    private static Completion get(Conversation conversation, MetadataCommand.GetMetadata get) throws IOException, Refused {
        GetMetadataRequest.Builder request = GetMetadataRequest.newBuilder().addAllEntry(get.entries()).setDepth(switch (get.depth()) {
            case ZERO -> GetMetadataRequest.Depth.ZERO;
            case ONE -> GetMetadataRequest.Depth.ONE;
            case INFINITY -> GetMetadataRequest.Depth.INFINITY;
        });
        get.maxSize().ifPresent(request::setMaxSize);
        if (get.mailbox().isPresent()) {
            request.addMailboxId(id(conversation, get.mailbox()));
        }
        MailboxMetadata metadata = conversation.mail().metadata(request.build()).getMailboxes(0);
        if (metadata.getEntriesCount() > 0) {
            write(conversation, get.mailbox().map(MailboxName::text).orElse(""), metadata.getEntriesList());
        }
        // RFC 5464 §4.2.1.
        return metadata.getLongest() > 0 ? Completion.ok("METADATA LONGENTRIES " + metadata.getLongest(), "Some values are longer")
                : Completion.ok("GETMETADATA completed");
    }

    private static ByteString id(Conversation conversation, Optional<MailboxName> mailbox) throws Refused {
        return mailbox.isEmpty() ? ByteString.EMPTY : Names.selectable(conversation, mailbox.get(), Replies.NO_SUCH_MAILBOX).getId();
    }

    /** RFC 5464 §4.4.1. */
    static void write(Conversation conversation, String mailbox, List<MetadataEntry> entries) throws IOException {
        ResponseBuffer out = conversation.response().raw("* METADATA ").mailbox(mailbox).raw(" (");
        boolean first = true;
        for (MetadataEntry entry : entries) {
            out.raw(first ? "" : " ").astring(entry.getName()).sp();
            first = false;
            if (entry.hasValue()) {
                out.string(entry.getValue().toByteArray());
            } else {
                out.nil();
            }
        }
        conversation.write(out.raw(")").crlf().take());
    }

    private static Completion set(Conversation conversation, MetadataCommand.SetMetadata set) throws Refused {
        if (set.mailbox().isEmpty() && set.entries().keySet().stream().anyMatch(name -> name.startsWith("/shared"))) {
            // RFC 5464 §6.2.2: those of the server are for all its users, and an operator's to set.
            throw new Refused(Completion.no("NOPERM", "Only an operator sets what all users share"));
        }
        SetMetadataRequest.Builder request = SetMetadataRequest.newBuilder().setMailboxId(id(conversation, set.mailbox()));
        set.entries().forEach((name, value) -> {
            MetadataEntry.Builder entry = MetadataEntry.newBuilder().setName(name);
            value.ifPresent(octets -> entry.setValue(UnsafeByteOperations.unsafeWrap(octets)));
            request.addEntries(entry);
        });
        SetMetadataResponse response = conversation.mail().setMetadata(request.build());
        return switch (response.getRefusedCase()) {
            case MOST_OCTETS -> Completion.no("METADATA MAXSIZE " + response.getMostOctets(), "A value is too long");
            case TOO_MANY -> Completion.no("METADATA TOOMANY", "There are too many annotations");
            case REFUSED_NOT_SET -> Completion.ok("SETMETADATA completed");
        };
    }
}
