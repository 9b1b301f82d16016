package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ListOptions;
import org.postel.imap.syntax.ListPattern;
import org.postel.imap.syntax.MailboxName;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.StatusItem;
import org.postel.mailbox.api.v1.GetMetadataRequest;
import org.postel.mailbox.api.v1.Mailbox;
import org.postel.mailbox.api.v1.MailboxHeader;
import org.postel.mailbox.api.v1.MailboxMetadata;
import org.postel.mailbox.api.v1.MailboxTree;
import org.postel.mailbox.api.v1.StatusRequest;

/** LIST, RFC 3501 §6.3.8 and RFC 5258, with the attributes of RFC 3348 and RFC 6154, STATUS (RFC 5819), MYRIGHTS (RFC 8440) and METADATA (RFC 9590). */
final class ListCommand {

    /** Mailboxes whose headers are asked for in one call, and are in memory meanwhile. */
    private static final int PORTION = 500;
    /** Annotations that are asked for in one call, also those that are not there. */
    private static final int MOST_ENTRIES = 1000;

    private ListCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.List list) throws IOException {
        if (!list.options().extended() && list.patterns().getFirst().length == 0) {
            // RFC 3501 §6.3.8: asks for the separator and the root.
            conversation.write(line(conversation, "LIST", List.of("\\Noselect"), ""));
        } else {
            matching(conversation, list);
        }
        return new Step(conversation.state(), Completion.ok("LIST completed"));
    }

    private static void matching(Conversation conversation, ImapCommand.List list) throws IOException {
        // RFC 5258 §3: with extended syntax an empty pattern has no special meaning, and no name is empty.
        List<ListPattern> patterns = list.patterns().stream().filter(pattern -> pattern.length > 0)
                .map(pattern -> ListPattern.of(list.reference(), pattern, conversation.dialect().utf8())).toList();
        List<Listing.Line> lines = new Listing(tree(conversation, list.options(), patterns), list.options(), patterns).lines();
        if (list.options().status().contains(StatusItem.HIGHESTMODSEQ)) {
            conversation.wantNewest();
        }
        int portion = Math.clamp(MOST_ENTRIES / Math.max(1, list.options().metadata().size()), 1, PORTION);
        for (int at = 0; at < lines.size(); at += portion) {
            write(conversation, lines.subList(at, Math.min(lines.size(), at + portion)), list);
        }
    }

    /** All names, or the one that can match: clients ask for INBOX so. What lies below another's mailbox only the whole tree tells. */
    private static MailboxTree tree(Conversation conversation, ListOptions options, List<ListPattern> patterns) {
        Optional<String> one = Optional.of(patterns).filter(all -> all.size() == 1 && !options.selects(ListOptions.Selection.RECURSIVEMATCH))
                .map(List::getFirst).filter(ListPattern::isName).map(ListPattern::text).filter(name -> !new MailboxName(name).ofOtherUsers());
        return one.map(conversation.mail()::tree).orElseGet(conversation.mail()::tree);
    }

    private static void write(Conversation conversation, List<Listing.Line> lines, ImapCommand.List list) throws IOException {
        Map<ByteString, MailboxMetadata> metadata = list.options().metadata().isEmpty() ? Map.of() : metadata(conversation, lines, list);
        Map<ByteString, MailboxHeader> headers = list.options().status().isEmpty() ? Map.of() : headers(conversation, lines);
        for (Listing.Line line : lines) {
            conversation.write(line(conversation, line));
            MailboxHeader header = headers.get(line.mailbox().getId());
            // RFC 5819 §2: none of a name that cannot be selected; one that is gone meanwhile is such a name.
            if (header != null) {
                StatusCommand.write(conversation, line.mailbox(), header, list.options().status());
            }
            if (list.options().returned().contains(ListOptions.Return.MYRIGHTS) && line.mailbox().getSelectable()) {
                AclCommands.my(conversation, line.mailbox());
            }
            MailboxMetadata told = metadata.get(line.mailbox().getId());
            if (told != null) {
                MetadataCommands.write(conversation, line.mailbox().getName(), told.getEntriesList());
            }
        }
    }

    private static Map<ByteString, MailboxHeader> headers(Conversation conversation, List<Listing.Line> lines) {
        StatusRequest.Builder request = StatusRequest.newBuilder();
        lines.stream().map(Listing.Line::mailbox).filter(Mailbox::getSelectable).forEach(mailbox -> request.addMailboxId(mailbox.getId()));
        Map<ByteString, MailboxHeader> headers = new HashMap<>();
        if (request.getMailboxIdCount() > 0) {
            conversation.mail().status(request.build()).getHeadersList().forEach(header -> headers.put(header.getMailboxId(), header));
        }
        return headers;
    }

    /** RFC 9590 §3: of each mailbox, also what it has not. */
    private static Map<ByteString, MailboxMetadata> metadata(Conversation conversation, List<Listing.Line> lines, ImapCommand.List list) {
        GetMetadataRequest.Builder request = GetMetadataRequest.newBuilder().addAllEntry(list.options().metadata());
        lines.stream().map(Listing.Line::mailbox).filter(Mailbox::getSelectable).forEach(mailbox -> request.addMailboxId(mailbox.getId()));
        Map<ByteString, MailboxMetadata> metadata = new HashMap<>();
        if (request.getMailboxIdCount() > 0) {
            conversation.mail().metadata(request.build()).getMailboxesList().forEach(each -> metadata.put(each.getMailboxId(), each));
        }
        return metadata;
    }

    private static byte[] line(Conversation conversation, Listing.Line line) {
        ResponseBuffer out = begin(conversation, "LIST", line.attributes(), line.mailbox().getName());
        if (!line.childInfo().isEmpty()) {
            out.raw(" (CHILDINFO ").list(line.childInfo(), out::string).raw(")");
        }
        return out.crlf().take();
    }

    static byte[] line(Conversation conversation, String verb, List<String> attributes, String name) {
        return begin(conversation, verb, attributes, name).crlf().take();
    }

    /** RFC 9051 §7.3.1: the name that another one has become. */
    static byte[] renamed(Conversation conversation, String name, String oldName) {
        return begin(conversation, "LIST", List.of(), name).raw(" (OLDNAME (").mailbox(oldName).raw("))").crlf().take();
    }

    private static ResponseBuffer begin(Conversation conversation, String verb, List<String> attributes, String name) {
        ResponseBuffer out = conversation.response().raw("* " + verb + " ").flags(attributes);
        return out.raw(" \"" + MailboxName.SEPARATOR + "\" ").mailbox(name);
    }
}
