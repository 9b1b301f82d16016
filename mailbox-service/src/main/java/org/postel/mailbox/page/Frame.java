package org.postel.mailbox.page;

import java.util.List;

/**
 * What stands round each page, as the layout shows it.
 *
 * @param language  its tag
 * @param user      the address of who is signed in; empty: nobody
 * @param formToken what the forms of the session carry; empty: there is none
 * @param links     the way to the other pages
 * @param said      what the step before led to; empty: there was none
 * @param here      what a link to the page that is shown begins with, up to one thing more that it says
 */
public record Frame(String language, String user, String formToken, List<Navigation.Link> links, String said, String here) {

    public Frame {
        links = List.copyOf(links);
    }

    /** Of a page for anybody. */
    static Frame anybody(Language language, String said, String here) {
        return new Frame(language.tag(), "", "", List.of(), said, here);
    }
}
