package org.postel.mailbox.server;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.postel.mailbox.password.Argon2Cost;
import org.postel.mailbox.password.FailureLimitSettings;
import org.postel.mailbox.password.PasswordSettings;
import org.postel.mailbox.scram.ScramSettings;
import org.postel.mailbox.scram.ScramUse;

/** How passwords are checked, and how often one may be wrong. */
@ConfigMapping(prefix = "postel.mailbox.login")
public interface LoginConfig {

    /** Argon2id of new passwords (RFC 9106); stored ones keep what they were made with. */
    Argon2 argon2();

    /** SCRAM-SHA-256 and -PLUS (RFC 5802, RFC 7677). */
    Scram scram();

    /** Wrong passwords for one account name. */
    AccountFailures accountFailures();

    /** Wrong passwords from one client address (IPv6: one /64). */
    ClientFailures clientFailures();

    /** How long a successful login spares the same client the computation; only an HMAC is kept, and only in memory. */
    @WithDefault("2m")
    Duration remembered();

    /** How many successful logins are remembered. */
    @WithDefault("10000")
    int rememberedMost();

    /** How long log-ins are told to the account and to operators. */
    @WithDefault("30d")
    Duration seen();

    /** What one computation takes. */
    interface Argon2 {

        /** Memory of one computation. */
        @WithDefault("19M")
        MemorySize memory();

        /** Passes over the memory. */
        @WithDefault("2")
        int passes();

        /** Degree of parallelism. */
        @WithDefault("1")
        int lanes();

        /** How many passwords are computed at once. */
        @WithDefault("4")
        int atOnce();

        /** How long a login waits for its turn before it is told to try again. */
        @WithDefault("5s")
        Duration patience();
    }

    /** Log-ins that never show the password. */
    interface Scram {

        /** What is done with it: off, prepare (keys are stored when a password is set or used), offer (and clients may log in so). */
        @WithDefault("offer")
        ScramUse use();

        /** Iterations of PBKDF2 in new keys, 4096 to 1000000: what a guess costs a thief of the database, and a log-in the client. */
        @WithDefault("10000")
        int iterations();

        /** As the scram package takes it. */
        default ScramSettings settings() {
            return new ScramSettings(use(), iterations());
        }
    }

    /** Failures per account name. */
    interface AccountFailures {

        /** How many in a row. */
        @WithDefault("10")
        int burst();

        /** After this time one more. */
        @WithDefault("30s")
        Duration refill();
    }

    /** Failures per client address. */
    interface ClientFailures {

        /** How many in a row. */
        @WithDefault("100")
        int burst();

        /** After this time one more. */
        @WithDefault("5s")
        Duration refill();
    }

    /** As the password package takes it. */
    default PasswordSettings passwords() {
        int kib = Math.toIntExact(argon2().memory().asLongValue() / 1_024);
        return new PasswordSettings(new Argon2Cost(kib, argon2().passes(), argon2().lanes()), argon2().atOnce(), argon2().patience(),
                remembered(), rememberedMost());
    }

    /** As the password package takes it. */
    default FailureLimitSettings accountLimit() {
        return new FailureLimitSettings(accountFailures().burst(), accountFailures().refill());
    }

    /** As the password package takes it. */
    default FailureLimitSettings clientLimit() {
        return new FailureLimitSettings(clientFailures().burst(), clientFailures().refill());
    }
}
