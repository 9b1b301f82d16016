package org.postel.mailbox.page;

import io.quarkus.qute.Template;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import org.postel.mailbox.directory.DirectoryException;
import org.postel.mailbox.identity.KeysUnavailableException;
import org.postel.mailbox.password.PasswordsBusyException;
import org.postel.mailbox.signin.Client;
import org.postel.mailbox.signin.Clients;
import org.postel.mailbox.signin.SignedIn;
import org.postel.mailbox.signin.WebSessions;
import org.postel.mailbox.storage.StoreException;

/**
 * The way from a request to a page, the same for all pages: who asks, in which language, whether a form is one of ours, and what is
 * answered when something fails. Pages run on virtual threads, so many at once, and may wait.
 */
public final class Site {

    private static final Logger LOG = Logger.getLogger(Site.class);
    private static final long LONGEST_FORM = 64 << 10;
    private static final int MOST_AT_ONCE = 200;
    static final String SIGN_IN = "/sign-in";
    private static final String FORM_TOKEN = "form-token";
    /** Where a request keeps who makes it. */
    private static final String VISITOR = "visitor";

    private final WebSessions sessions;
    private final Navigation navigation;
    private final Clients clients;
    private final Cookies cookies;
    private final ZoneId zone;
    private final Templates templates = new Templates();
    private final Template trouble = templates.of("trouble.html");
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);

    public Site(WebSettings settings, WebSessions sessions, Navigation navigation) {
        this.sessions = sessions;
        this.navigation = navigation;
        this.clients = new Clients(settings.proxies());
        this.cookies = new Cookies(settings.secure());
        this.zone = settings.zone();
    }

    /** Makes the answer to somebody who is signed in. */
    @FunctionalInterface
    public interface Page {
        /** @throws DirectoryException when what was asked for cannot be, and the page has no better way to say so */
        Answer of(Visit visit) throws DirectoryException;
    }

    /** Makes the answer to anybody. */
    @FunctionalInterface
    interface OpenPage {
        Answer of(RoutingContext request, Language language, Client client) throws DirectoryException;
    }

    /** A template of the pages, with the layout round it. */
    public Template template(String name) {
        return templates.of(name);
    }

    /** The texts of a language by name. */
    Map<String, String> texts(Language language) {
        return templates.texts(language);
    }

    Cookies cookies() {
        return cookies;
    }

    /** HEAD is answered as GET is, without the content: RFC 9110 §9.3.2. */
    static Route shown(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Shows a page to whoever is signed in; anybody else is led to the sign-in, and back. */
    public void get(Router router, String path, Page page) {
        shown(router, path).handler(request -> run(request, () -> answer(request, signedIn(request, page))));
    }

    /** Takes a form of whoever is signed in. One that no page of this session made is refused, and changes nothing. */
    public void post(Router router, String path, Page page) {
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(LONGEST_FORM)).handler(request -> run(request, () -> {
            boolean ours = SameSite.sent(request.request());
            answer(request, ours ? signedIn(request, visit -> visit.by().sent(visit.field(FORM_TOKEN)) ? page.of(visit) : notOurs()) : notOurs());
        })).failureHandler(this::tooLong);
    }

    /** Shows a page to anybody. */
    void openGet(Router router, String path, OpenPage page) {
        shown(router, path).handler(request -> run(request, () -> answer(request, page.of(request, language(request), clients.of(request.request())))));
    }

    /** Takes a form of anybody, from a page of ours. */
    void openPost(Router router, String path, OpenPage page) {
        router.post(path).handler(BodyHandler.create(false).setBodyLimit(LONGEST_FORM)).handler(request -> run(request, () ->
                answer(request, SameSite.sent(request.request()) ? page.of(request, language(request), clients.of(request.request())) : notOurs())))
                .failureHandler(this::tooLong);
    }

    /** Who is signed in, if anybody is; the frame of the page shows it. */
    Optional<SignedIn> visitor(RoutingContext request) {
        Optional<SignedIn> by = who(request);
        by.ifPresent(found -> request.put(VISITOR, found));
        return by;
    }

    /** Who is signed in, if anybody is. */
    Optional<SignedIn> who(RoutingContext request) {
        return cookies.session(request).flatMap(token -> sessions.find(token, clients.of(request.request())));
    }

    private Answer signedIn(RoutingContext request, Page page) throws DirectoryException {
        Language language = language(request);
        Optional<SignedIn> by = visitor(request);
        if (by.isEmpty()) {
            boolean was = cookies.session(request).isPresent();
            return new Answer.GoTo(SIGN_IN + "?next=" + URLEncoder.encode(ShownPage.of(request).written(), StandardCharsets.UTF_8), was ? "sessionOver" : "");
        }
        return page.of(new Visit(request, by.get(), clients.of(request.request()), language, texts(language), zone));
    }

    /** What a link says goes before what was chosen, and that before what the browser says. */
    Language language(RoutingContext request) {
        Optional<Language> asked = Optional.ofNullable(request.queryParams().get("lang")).flatMap(Language::of);
        asked.ifPresent(language -> cookies.setLanguage(request, language));
        return asked.or(() -> cookies.language(request))
                .orElseGet(() -> Language.wanted(request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    private void answer(RoutingContext request, Answer answer) {
        switch (answer) {
            case Answer.GoTo(String path, String said) -> {
                if (!said.isEmpty()) {
                    cookies.setSaid(request, said);
                }
                lead(request, path);
            }
            case Answer.Elsewhere(URI uri) -> lead(request, uri.toString());
            case Answer.Text(String text) -> PageHeaders.on(request).putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8").end(text);
            case Answer.Download(String name, String type, byte[] octets) -> PageHeaders.on(request).putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
                    .end(Buffer.buffer(octets));
            case Answer.Shown(int status, Template template, Map<String, Object> data) -> {
                Language language = language(request);
                Map<String, String> texts = texts(language);
                Map<String, Object> all = new HashMap<>(data);
                all.put("t", texts);
                all.put("frame", frame(request, language, texts));
                String page = template.render(all);
                PageHeaders.ofPage(request, language).setStatusCode(status).end(page);
            }
        }
    }

    /** RFC 9110 §15.4.4: to be fetched with GET. */
    private static void lead(RoutingContext request, String to) {
        PageHeaders.on(request).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").putHeader(HttpHeaders.LOCATION, to).setStatusCode(303).end();
    }

    private Frame frame(RoutingContext request, Language language, Map<String, String> texts) {
        String said = cookies.takeSaid(request).map(name -> texts.getOrDefault(name, "")).orElse("");
        SignedIn by = request.get(VISITOR);
        String here = ShownPage.of(request).and();
        return by == null ? Frame.anybody(language, said, here) : new Frame(language.tag(), by.account().address(), by.formToken(),
                navigation.links(by.account(), request.normalizedPath(), texts), said, here);
    }

    private Answer notOurs() {
        return trouble(403, "notOurs");
    }

    private Answer trouble(int status, String text) {
        return new Answer.Shown(status, trouble, Map.of("name", text));
    }

    private void tooLong(RoutingContext request) {
        run(request, () -> answer(request, request.statusCode() == 413 ? trouble(413, "tooLong") : trouble(400, "notUnderstood")));
    }

    /** What may fail on the way to an answer. */
    @FunctionalInterface
    private interface Work {
        void run() throws DirectoryException;
    }

    private void run(RoutingContext request, Work work) {
        if (!atOnce.tryAcquire()) {
            PageHeaders.on(request).setStatusCode(503).putHeader(HttpHeaders.RETRY_AFTER, "5").end();
            return;
        }
        Thread.startVirtualThread(() -> {
            try {
                work.run();
            } catch (DirectoryException e) {
                answer(request, failed(e));
            } catch (StoreException | PasswordsBusyException | KeysUnavailableException e) {
                LOG.warnf("page %s: %s", request.normalizedPath(), e.getMessage());
                answer(request, trouble(503, "tryLater"));
            } catch (RuntimeException e) {
                LOG.errorf(e, "page %s failed", request.normalizedPath());
                if (!request.response().ended()) {
                    PageHeaders.on(request).setStatusCode(500).end();
                }
            } finally {
                atOnce.release();
            }
        });
    }

    private Answer failed(DirectoryException failure) {
        return switch (failure.fault()) {
            case INVALID -> trouble(400, "notUnderstood");
            case MISSING -> trouble(404, "notThere");
            case TAKEN, IN_USE, CHANGED -> trouble(409, "changedMeanwhile");
            case FORBIDDEN -> trouble(403, "admForbidden");
        };
    }
}
