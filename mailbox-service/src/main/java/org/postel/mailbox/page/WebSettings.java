package org.postel.mailbox.page;

import java.time.ZoneId;
import java.util.List;
import org.postel.wire.Network;

/**
 * How browsers reach the pages.
 *
 * @param secure  whether over https: then cookies never go in clear
 * @param proxies whose X-Forwarded-For is believed
 * @param zone    whose times the pages show, and whose days are meant
 */
public record WebSettings(boolean secure, List<Network> proxies, ZoneId zone) {

    public WebSettings {
        proxies = List.copyOf(proxies);
    }
}
