package org.postel.mailbox.page;

import java.util.List;
import org.postel.wire.Network;

/**
 * How browsers reach the pages.
 *
 * @param secure  whether over https: then cookies never go in clear
 * @param proxies whose X-Forwarded-For is believed
 */
public record WebSettings(boolean secure, List<Network> proxies) {

    public WebSettings {
        proxies = List.copyOf(proxies);
    }
}
