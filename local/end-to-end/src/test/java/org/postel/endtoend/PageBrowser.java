package org.postel.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.htmlunit.BrowserVersion;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.NoSuchSessionException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Somebody at Postel's pages, with Chromium where it is installed, else with HtmlUnit, here without scripts, which shows nothing: so
 * pictures and what axe finds are of Chromium only.
 */
final class PageBrowser implements AutoCloseable {

    /** The size of a window. */
    enum Width {
        DESKTOP(1200, 900), PHONE(390, 844);

        private final Dimension size;

        Width(int width, int height) {
            this.size = new Dimension(width, height);
        }
    }

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Path SCREENS = Path.of("target", "screens");
    private static final String AXE = axe();
    private static final List<String> SERIOUS = List.of("serious", "critical");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final WebDriver driver;
    private final URI site;
    private final Width width;

    /** With no cookies. */
    PageBrowser(int port, Width width) {
        this.site = URI.create("http://127.0.0.1:" + port);
        this.width = width;
        this.driver = isReal() ? chromium() : new HtmlUnitDriver(BrowserVersion.CHROME);
        driver.manage().timeouts().pageLoadTimeout(LIMIT).scriptTimeout(LIMIT);
        driver.manage().window().setSize(width.size);
    }

    /** Whether it is Chromium. */
    static boolean isReal() {
        return Files.exists(CHROMIUM) && Files.exists(DRIVER);
    }

    /** Each page that it opens has axe in it. */
    private static WebDriver chromium() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars");
        ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).usingAnyFreePort().build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", AXE));
        return driver;
    }

    PageBrowser open(String path) {
        driver.get(site.resolve(path).toString());
        return this;
    }

    /** Opens a page again and again until it has an element. */
    PageBrowser openUntil(String path, String css) {
        new WebDriverWait(driver, LIMIT, BETWEEN_LOOKS).until(absent -> open(path).has(css));
        return this;
    }

    /** The path of the page that is shown. */
    String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    /** What an element shows. */
    String text(String css) {
        return element(css).getText();
    }

    /** The language that the page says it is in. */
    String language() {
        return element("html").getDomAttribute("lang");
    }

    /** Where links lead, as paths. */
    List<String> links(String css) {
        return driver.findElements(By.cssSelector(css)).stream().map(link -> link.getDomAttribute("href")).toList();
    }

    boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    PageBrowser type(String css, String text) {
        WebElement field = element(css);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** Checks a box, or unchecks it. */
    PageBrowser check(String css, boolean on) {
        if (element(css).isSelected() != on) {
            element(css).click();
        }
        return this;
    }

    /** Presses a button or a link, and waits for the page behind it. */
    PageBrowser press(String css) {
        WebElement page = element("html");
        element(css).click();
        // A click may end before what it leads to begins, and the next page that is opened would be overtaken by it.
        new WebDriverWait(driver, LIMIT, BETWEEN_LOOKS).until(driving -> isGone(page));
        return this;
    }

    /** A page that is just going fails in more ways than that of a stale element. */
    private static boolean isGone(WebElement page) {
        try {
            page.isEnabled();
            return false;
        } catch (NoSuchSessionException broken) {
            throw broken;
        } catch (WebDriverException gone) {
            return true;
        }
    }

    private WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /**
     * Takes a picture of the page and has axe look at it.
     *
     * @param name of the picture
     */
    PageBrowser look(String name) throws IOException {
        if (isReal()) {
            byte[] picture = ((TakesScreenshot) driver).getScreenshotAs(OutputType.BYTES);
            Files.write(Files.createDirectories(SCREENS).resolve("page-" + name + (width == Width.PHONE ? "-phone" : "") + ".png"), picture);
            assertEquals(List.of(), accessibility(), () -> "axe on " + name + " at " + width);
        }
        return this;
    }

    /** What axe finds serious, a line each. */
    @SuppressWarnings("unchecked")
    private List<String> accessibility() {
        Object found = ((JavascriptExecutor) driver).executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations), failure => done([{ id: String(failure), impact: 'critical', nodes: [] }]));
                """);
        return ((List<Map<String, Object>>) found).stream().filter(one -> SERIOUS.contains(one.get("impact")))
                .map(one -> one.get("id") + ": " + ((List<Map<String, Object>>) one.get("nodes")).stream().map(node -> node.get("html")).toList()).toList();
    }

    private static String axe() {
        try (InputStream axe = PageBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(axe.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
