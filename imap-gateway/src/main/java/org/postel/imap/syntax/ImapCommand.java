package org.postel.imap.syntax;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A command of IMAP4rev1, RFC 3501 §6, or of the extension named at it. Its tag is in {@link Line}. */
public sealed interface ImapCommand {

    /** The verb as in metrics and in the text of the reply: {@code UID FETCH}. */
    default String verb() {
        String name = getClass().getSimpleName().toUpperCase(Locale.ROOT);
        return uid() ? "UID " + name : name;
    }

    /** Whether it came as {@code UID ...} (RFC 3501 §6.4.8). */
    default boolean uid() {
        return false;
    }

    record Capability() implements ImapCommand {
    }

    record Noop() implements ImapCommand {
    }

    record Logout() implements ImapCommand {
    }

    /** RFC 2971: what the client says of itself. */
    record Id(Map<String, String> parameters) implements ImapCommand {
    }

    record StartTls() implements ImapCommand {
    }

    /** With the initial response of RFC 4959, still in base64. */
    record Authenticate(String mechanism, Optional<String> initialResponse) implements ImapCommand {
    }

    record Login(String user, String password) implements ImapCommand {

        /** Without the password. */
        @Override
        public String toString() {
            return "Login[user=" + user + "]";
        }
    }

    /**
     * RFC 5465.
     *
     * @param status       whether to say first where the mailboxes stand
     * @param groups       none for {@code NONE}
     * @param unknownEvent whether an event is named that is not known here
     */
    record Notify(boolean status, java.util.List<NotifyGroup> groups, boolean unknownEvent) implements ImapCommand {
    }

    /** RFC 8437. */
    record Unauthenticate() implements ImapCommand {
    }

    /** RFC 4978: the algorithm in upper case. */
    record Compress(String algorithm) implements ImapCommand {
    }

    /** RFC 5161: the extensions a client wants turned on, in upper case. */
    record Enable(Set<String> extensions) implements ImapCommand {
    }

    /** With the parameters of RFC 7162 §3.1.8 and §3.2.5; {@code written} is the name before it was normalised. */
    record Select(MailboxName mailbox, String written, boolean condstore, Optional<QuickResync> resync) implements ImapCommand {
    }

    record Examine(MailboxName mailbox, String written, boolean condstore, Optional<QuickResync> resync) implements ImapCommand {
    }

    /**
     * With the uses of RFC 6154 §3, as the RFC spells them.
     *
     * @param asked how the client wrote the name, where that is not its normal form
     */
    record Create(MailboxName mailbox, java.util.List<String> specialUse, Optional<String> asked) implements ImapCommand {
    }

    record Delete(MailboxName mailbox) implements ImapCommand {
    }

    record Rename(MailboxName from, MailboxName to) implements ImapCommand {
    }

    record Subscribe(MailboxName mailbox) implements ImapCommand {
    }

    record Unsubscribe(MailboxName mailbox) implements ImapCommand {
    }

    /** With the options of RFC 5258. Without them an empty pattern asks for the separator only. */
    record List(ListOptions options, byte[] reference, java.util.List<byte[]> patterns) implements ImapCommand {
    }

    record Lsub(byte[] reference, byte[] pattern) implements ImapCommand {
    }

    /** RFC 2342. */
    record Namespace() implements ImapCommand {
    }

    record Status(MailboxName mailbox, Set<StatusItem> items) implements ImapCommand {
    }

    /** Messages, whose octets are still on their way. */
    record Append(MailboxName mailbox, AppendArguments messages) implements ImapCommand {
    }

    /** RFC 2177. */
    record Idle() implements ImapCommand {
    }

    record Check() implements ImapCommand {
    }

    record Close() implements ImapCommand {
    }

    /** RFC 3691. */
    record Unselect() implements ImapCommand {
    }

    /** Without a set: all that are marked. With one: {@code UID EXPUNGE} of RFC 4315 §2.1. */
    record Expunge(Optional<SequenceSet> uids) implements ImapCommand {

        @Override
        public boolean uid() {
            return uids.isPresent();
        }
    }

    /** A command that looks for messages. */
    sealed interface Finding extends ImapCommand {

        /** Absent when the answer is the untagged response of old: RFC 4731 §3.1. */
        Optional<ReturnOptions> returns();

        /** Whether RETURN names an option. */
        default boolean asks(ReturnOptions.Option option) {
            return returns().filter(options -> options.asks(option)).isPresent();
        }

        /** The charset of the term's texts, in upper case. */
        Optional<String> charset();

        SearchTerm term();
    }

    /** RFC 5256 §3 and RFC 5267 §3. */
    record Sort(boolean uid, Optional<ReturnOptions> returns, java.util.List<SortKey> by, Optional<String> charset, SearchTerm term)
            implements Finding {
    }

    /** RFC 5256 §3. */
    record Thread(boolean uid, ThreadAlgorithm algorithm, Optional<String> charset, SearchTerm term) implements Finding {

        @Override
        public Optional<ReturnOptions> returns() {
            return Optional.empty();
        }
    }

    record Search(boolean uid, Optional<ReturnOptions> returns, Optional<String> charset, SearchTerm term) implements Finding {
    }

    /** RFC 7377 §2: {@code sources} are never none. */
    record Esearch(java.util.List<NotifyFilter> sources, Optional<ReturnOptions> returns, Optional<String> charset, SearchTerm term)
            implements Finding {

        @Override
        public String verb() {
            return "ESEARCH";
        }

        /** RFC 7377 §2.1: it is answered with UIDs. */
        @Override
        public boolean uid() {
            return true;
        }

        /** Whether nothing but the selected mailbox is searched. */
        public boolean selectedOnly() {
            return sources.stream().allMatch(NotifyFilter.Selected.class::isInstance);
        }

        /** Whether a mailbox must be selected: RFC 7377 §2.2. */
        public boolean needsSelected() {
            return sources.stream().anyMatch(NotifyFilter.Selected.class::isInstance) || asks(ReturnOptions.Option.UPDATE);
        }
    }

    /** RFC 5267 §4.3.5: the tags of searches. */
    record CancelUpdate(Set<String> tags) implements ImapCommand {
    }

    record Fetch(boolean uid, SequenceSet set, java.util.List<FetchItem> items, FetchModifiers modifiers)
            implements ImapCommand {
    }

    /** With the modifier of RFC 7162 §3.1.3. */
    record Store(boolean uid, SequenceSet set, OptionalLong unchangedSince, Mode mode, boolean silent,
            java.util.List<String> flags) implements ImapCommand {

        /** {@code FLAGS}, {@code +FLAGS}, {@code -FLAGS}. */
        public enum Mode { SET, ADD, REMOVE }
    }

    /** RFC 8508: {@code number} is of one message. */
    record Replace(boolean uid, SequenceSet number, MailboxName mailbox, AppendArguments messages) implements ImapCommand {
    }

    record Copy(boolean uid, SequenceSet set, MailboxName mailbox) implements ImapCommand {
    }

    /** RFC 6851. */
    record Move(boolean uid, SequenceSet set, MailboxName mailbox) implements ImapCommand {
    }

    /** RFC 9208. */
    record Quota(QuotaCommand command) implements ImapCommand {

        @Override
        public String verb() {
            return command.verb();
        }
    }

    /** RFC 4314. */
    record Acl(AclCommand command) implements ImapCommand {

        @Override
        public String verb() {
            return command.verb();
        }
    }

    /** RFC 5464. */
    record Metadata(MetadataCommand command) implements ImapCommand {

        @Override
        public String verb() {
            return command.verb();
        }
    }

    /** A command line as it was understood. */
    sealed interface Line {

        /** What the reply starts with. */
        String tag();
    }

    record Tagged(String tag, ImapCommand command) implements Line {
    }

    /** Not a command; the tag is {@code *} when not even that could be read. */
    record Malformed(String tag, String problem) implements Line {
    }
}
