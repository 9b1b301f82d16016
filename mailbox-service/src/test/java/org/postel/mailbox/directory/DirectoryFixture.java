package org.postel.mailbox.directory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.spec.SecretKeySpec;
import org.postel.mailbox.password.Argon2Cost;
import org.postel.mailbox.password.FailureLimit;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.password.PasswordSettings;
import org.postel.mailbox.password.Passwords;
import org.postel.mailbox.scram.ScramExchange;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.scram.ScramUse;
import org.postel.mailbox.storage.Quota;
import org.postel.mailbox.storage.StoreException;

/** The directory put together over a store, with cheap passwords. */
public final class DirectoryFixture {

    public final Passwords passwords = new Passwords(
            new PasswordSettings(new Argon2Cost(64, 1, 1), 4, Duration.ofSeconds(10), Duration.ofMinutes(1), 100));
    public final List<UUID> mailOf = new ArrayList<>();
    /** Whether mail can be removed now. */
    public boolean answers = true;
    public final Set<UUID> filtered = ConcurrentHashMap.newKeySet();
    /** As the database has them. */
    public final Map<UUID, Quota> quotas = new ConcurrentHashMap<>();
    /** As this instance has them until it counts again what an account holds. */
    private final Map<UUID, Quota> remembered = new ConcurrentHashMap<>();
    /** Accounts whose access changed, one after the other. */
    public final List<UUID> accessChanged = new ArrayList<>();
    public final AddressBook addresses;
    public final AppPasswordsInMemory appStore = new AppPasswordsInMemory();
    public final AppPasswords apps = new AppPasswords(appStore, Runnable::run, accessChanged::add, Clock.systemUTC());
    public final Administration administration;
    public final AccountGrace grace;
    public final LoginLimits limits;
    public final Authentication authentication;
    public final ScramLogins scram;
    public final Logins logins;

    public DirectoryFixture(DirectoryStore store, Optional<String> postmaster) {
        this(store, postmaster, new ScramSettings(ScramUse.OFFER, 4_096));
    }

    public DirectoryFixture(DirectoryStore store, Optional<String> postmaster, ScramSettings settings) {
        addresses = new AddressBook(store, new DirectorySettings("+", postmaster, "mail.example.test", Duration.ofSeconds(5), true),
                new SenderRewriting(period -> new SecretKeySpec(new byte[] {(byte) period}, "HmacSHA256"), Clock.systemUTC()), filtered::contains);
        administration = new Administration(store, addresses, passwords, apps, settings, new AccountMail() {
            @Override
            public void create(UUID account) {
                mailOf.add(account);
            }

            @Override
            public Quota quota(UUID account) {
                return remembered.computeIfAbsent(account, absent -> quotas.getOrDefault(absent, Quota.UNLIMITED));
            }

            @Override
            public Quota.Held held(UUID account) {
                remembered.remove(account);
                return new Quota.Held(3_000_000, 12);
            }

            @Override
            public List<Quota.Folder> folders(UUID account) {
                return List.of(new Quota.Folder("INBOX", new Quota.Held(3_000_000, 12)), new Quota.Folder("A <b>", new Quota.Held(0, 0)));
            }

            @Override
            public void limit(UUID account, Quota quota) {
                quotas.put(account, quota);
                remembered.put(account, quota);
            }

            @Override
            public void delete(UUID account) {
                if (!answers) {
                    throw new StoreException(StoreException.Problem.UNAVAILABLE, "the database does not answer");
                }
                mailOf.remove(account);
            }
        }, accessChanged::add);
        grace = new AccountGrace(administration, new DeletedInMemory(), Duration.ofDays(30), account -> {}, Clock.systemUTC());
        limits = new LoginLimits(new FailureLimit(new FailureLimitSettings(5, Duration.ofMinutes(1)), System::nanoTime),
                new FailureLimit(new FailureLimitSettings(20, Duration.ofMinutes(1)), System::nanoTime), (scope, memory) -> List.of());
        authentication = new Authentication(addresses, store, passwords, apps, settings, limits);
        ScramExchange exchange = new ScramExchange(() -> new SecretKeySpec(new byte[32], "HmacSHA256"), settings.iterations(), Clock.systemUTC());
        scram = new ScramLogins(addresses, exchange, settings, limits);
        logins = new Logins(authentication, scram, Optional.empty(), List.of("PLAIN", "LOGIN", "SCRAM-SHA-256"));
    }
}
