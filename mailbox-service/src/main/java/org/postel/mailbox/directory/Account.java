package org.postel.mailbox.directory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.postel.mailbox.identity.SessionProtocol;

/**
 * Somebody with mailboxes.
 *
 * @param id                names the mail; never reused
 * @param address           the primary address, canonical
 * @param password          the encoded hash
 * @param scram             the encoded keys of SCRAM, if there are any of this password yet
 * @param credentialVersion rises when the password changes: sessions opened before are not renewed
 * @param settings          what it may do, and what happens to its mail
 * @param aliases           addresses that lead here, canonical
 */
public record Account(
        UUID id,
        String address,
        String password,
        Optional<String> scram,
        int credentialVersion,
        AccountSettings settings,
        Set<String> aliases) {

    public Account {
        aliases = Set.copyOf(aliases);
    }

    /** Whether it may log in. */
    public AccountStatus status() {
        return settings.status();
    }

    /** With which protocols. */
    public Set<SessionProtocol> protocols() {
        return settings.protocols();
    }

    /** Whether somebody may log in to it at all. */
    public boolean active() {
        return status() == AccountStatus.ACTIVE;
    }

    /** Whether it may open a session of this kind. */
    public boolean mayUse(SessionProtocol protocol) {
        return active() && protocols().contains(protocol);
    }

    /** Whether this is who a client wants to act as; empty stands for the one who logs in (RFC 4616 §2). */
    boolean is(String authorizationId) {
        return authorizationId.isEmpty()
                || CanonicalAddress.of(authorizationId).map(CanonicalAddress::toString).filter(address::equals).isPresent();
    }

    /** With another password: sessions of the one before are not renewed. */
    Account withPassword(String hash, Optional<String> keys) {
        return new Account(id, address, hash, keys, credentialVersion + 1, settings, aliases);
    }

    /** With other settings. */
    Account with(AccountSettings next) {
        return new Account(id, address, password, scram, credentialVersion, next, aliases);
    }

    /** The addresses it may send from, its own first. */
    public List<String> sendsFrom() {
        return Stream.concat(Stream.of(address), aliases.stream().sorted()).toList();
    }

    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}
