package org.postel.mailbox.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.postel.mailbox.page.WebSettings;
import org.postel.mailbox.signin.SessionLives;
import org.postel.wire.Network;

/** The pages of accounts, and who is signed in to them. */
@ConfigMapping(prefix = "postel.mailbox.web")
public interface WebConfig {

    /** Whether browsers reach the pages over https, as they must but on one machine: cookies then never go in clear. */
    @WithDefault("true")
    boolean secure();

    /** Networks of the proxies before the web port, whose X-Forwarded-For is believed: without it all their clients count as one. */
    Optional<List<Network>> proxies();

    /** How long somebody stays signed in who does nothing. */
    @WithDefault("1h")
    Duration sessionIdle();

    /** How long somebody stays signed in at most; a day at most. */
    @WithDefault("12h")
    Duration sessionLongest();

    /**
     * The time zone of the people served, such as {@code Europe/Paris}: the pages show times as the clock there does, and vacations begin
     * and end at midnight there.
     */
    @WithDefault("UTC")
    ZoneId timeZone();

    /** As the pages take it. */
    default WebSettings settings() {
        return new WebSettings(secure(), proxies().orElse(List.of()), timeZone());
    }

    /** As the sessions take it. */
    default SessionLives lives() {
        return new SessionLives(sessionIdle(), sessionLongest());
    }
}
