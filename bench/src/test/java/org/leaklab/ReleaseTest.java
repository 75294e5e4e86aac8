package org.leaklab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a release needs is there: what Maven Central asks for, and the scripts that the workflows name. */
@Tag("once")
class ReleaseTest {

    private static final Path ROOT = Path.of("..");
    private static final Path WORKFLOWS = ROOT.resolve(".github/workflows");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.])scripts/[a-z-]+");

    private static Document pom(String folder) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(folder).resolve("pom.xml").toFile());
    }

    private static String text(Document pom, String path) throws XPathExpressionException {
        return XPathFactory.newInstance().newXPath().evaluate(path, pom).strip();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name",
                "description",
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url"
            })
    void thePomSaysWhatMavenCentralAsksFor(String path) throws Exception {
        assertThat(text(pom(""), "/project/" + path)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scenarios/core",
                "scenarios/detect",
                "scenarios/catalogue",
                "scenarios/integrations/micrometer",
                "scenarios/integrations/spring-boot-starter"
            })
    void aLibraryHasSourcesAndJavadoc(String folder) throws Exception {
        Document pom = pom(folder);
        assertThat(text(pom, "/project/name")).isNotEmpty();
        assertThat(text(pom, "/project/description")).isNotEmpty();
        for (String plugin : List.of("maven-source-plugin", "maven-javadoc-plugin")) {
            assertThat(text(pom, "count(/project/build/plugins/plugin[artifactId='" + plugin + "'])"))
                    .as(plugin)
                    .isEqualTo("1");
        }
    }

    @Test
    void theProfileSignsAndListsWhatIsInside() throws Exception {
        String plugins = "/project/profiles/profile[id='release']/build/plugins/plugin";
        Document pom = pom("");
        assertThat(text(pom, plugins + "[artifactId='maven-gpg-plugin']//goal")).isEqualTo("sign");
        assertThat(text(pom, plugins + "[artifactId='cyclonedx-maven-plugin']//goal"))
                .isEqualTo("makeAggregateBom");
    }

    /** Or the jars of two builds would differ. */
    @Test
    void theJarsHaveOneTime() throws Exception {
        assertThat(Instant.parse(text(pom(""), "/project/properties/project.build.outputTimestamp")))
                .isNotNull();
    }

    @Test
    void scriptsOfTheWorkflowsAreThere() throws IOException {
        try (Stream<Path> workflows = Files.list(WORKFLOWS)) {
            for (Path workflow : workflows.toList()) {
                assertThat(SCRIPT.matcher(Files.readString(workflow)).results().map(MatchResult::group))
                        .allSatisfy(script -> assertThat(ROOT.resolve(script)).isExecutable());
            }
        }
        assertThat(WORKFLOWS.resolve("release.yml"))
                .content()
                .contains("-Prelease,integrations deploy", "scripts/reproducible");
    }

    /** It runs the jar of the last release, which the workflow attaches under this name. */
    @Test
    void theCatalogueOfJbangNamesTheJarOfTheRelease() throws Exception {
        JsonNode alias = JsonMapper.shared()
                .readTree(Files.readString(ROOT.resolve("jbang-catalog.json")))
                .at("/aliases/leaklab");
        String address = text(pom(""), "/project/properties/leaklab.address");
        assertThat(alias.path("script-ref").asString()).isEqualTo(address + "/releases/latest/download/benchmarks.jar");
        assertThat(alias.path("java").asString()).isEqualTo("21+");
        assertThat(WORKFLOWS.resolve("release.yml")).content().contains("bench/target/benchmarks.jar target/bom.json");
    }

    private record Said(int code, String text) {}

    private static Said changes(String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("scripts/changes"), Stream.of(arguments))
                        .toList())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    @Test
    void aReleaseSaysWhatIsNew() throws Exception {
        Said said = changes("Unreleased");
        assertThat(said.code()).isZero();
        assertThat(said.text()).startsWith("### Added\n").doesNotContain("\n## ");
        assertThat(changes("9.9.9"))
                .isEqualTo(new Said(2, "changes: CHANGELOG.md has no section \"## 9.9.9\", or it is empty\n"));
        assertThat(changes().code()).isEqualTo(2);
    }
}
