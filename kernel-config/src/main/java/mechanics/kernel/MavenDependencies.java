package mechanics.kernel;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.maven.model.Model;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.repository.internal.ArtifactDescriptorUtils;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.AbstractRepositoryListener;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryEvent;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/**
 * Libraries and all that they need, found by Maven's own resolver: from the local repository if they are there, else from
 * Maven Central and the repositories that were added. The user's {@code settings.xml} is honored.
 */
final class MavenDependencies {

    private static final Pattern IVY = Pattern.compile("([^#;:]+)#([^#;:]+);([^#;:]+)");

    private final List<RemoteRepository> repositories = new ArrayList<>(everyProjects());
    private final Optional<Path> localRepository;
    private final Consumer<String> remarks;
    private RepositorySystem system;
    private DefaultRepositorySystemSession session;

    /** The repositories that every Maven project begins with, as Maven's own super-POM lists them. */
    private static List<RemoteRepository> everyProjects() {
        var models = new DefaultModelProcessor().setModelReader(new DefaultModelReader());
        return new DefaultSuperPomProvider().setModelProcessor(models).getSuperModel("4.0.0")
                .getRepositories().stream().map(ArtifactDescriptorUtils::toRemoteRepository).toList();
    }

    /**
     * With the user's own local repository.
     *
     * @param remarks takes a line on what a library may lack
     */
    MavenDependencies(Consumer<String> remarks) {
        this.localRepository = Optional.empty();
        this.remarks = remarks;
    }

    /**
     * With a local repository of its own.
     *
     * @param localRepository where fetched libraries are kept
     * @param remarks         takes a line on what a library may lack
     */
    MavenDependencies(Path localRepository, Consumer<String> remarks) {
        this.localRepository = Optional.of(localRepository);
        this.remarks = remarks;
    }

    /** Looks in one more repository from now on. */
    void addRepository(String id, String address) {
        repositories.removeIf(repository -> repository.getId().equals(id));
        repositories.add(new RemoteRepository.Builder(id, "default", address).build());
    }

    /**
     * The jars of these libraries and of all that they need at run time.
     *
     * @param coordinates {@code group:artifact:version}, {@code group:artifact:extension:classifier:version}, or as Ivy
     *                    writes it {@code group#artifact;version}
     * @throws IOException in one line, if one cannot be found or fetched
     */
    List<Path> resolve(List<String> coordinates) throws IOException {
        List<Dependency> dependencies = new ArrayList<>();
        for (String coordinate : coordinates) {
            dependencies.add(new Dependency(artifact(coordinate), JavaScopes.RUNTIME));
        }
        open();
        return resolve(new CollectRequest(dependencies, List.of(), remote()));
    }

    private static Artifact artifact(String coordinate) {
        Matcher ivy = IVY.matcher(coordinate);
        try {
            return new DefaultArtifact(ivy.matches() ? ivy.replaceFirst("$1:$2:$3") : coordinate);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    coordinate
                            + ": expected group:artifact:version or group:artifact:extension:classifier:version",
                    e);
        }
    }

    /** The jars that a POM asks for; {@code pom} is a whole POM or only dependencies. */
    List<Path> resolvePom(String pom) throws IOException {
        String body = pom.contains("<dependencies") || pom.contains("<project")
                ? pom
                : "<dependencies>" + pom + "</dependencies>";
        String whole = body.contains("<project")
                ? body
                : "<project><modelVersion>4.0.0</modelVersion><groupId>notebook</groupId><artifactId>cell</artifactId>"
                        + "<version>1</version>" + body + "</project>";
        Path file = Files.createTempFile("notebook", ".pom");
        try {
            Files.writeString(file, whole);
            return resolvePom(file);
        } finally {
            Files.delete(file);
        }
    }

    /** The jars that a POM asks for at compile and run time, with its parents and imported dependency management. */
    List<Path> resolvePom(Path pom) throws IOException {
        Artifact itself = coordinates(pom);
        open();
        DefaultRepositorySystemSession withPom = new DefaultRepositorySystemSession(session);
        withPom.setWorkspaceReader(new OnePom(itself, pom));
        // A library's POM that cannot be read is told; this one is what was asked for.
        withPom.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false));
        try {
            ArtifactDescriptorResult project = system.readArtifactDescriptor(withPom,
                    new ArtifactDescriptorRequest(itself, remote(), null));
            List<RemoteRepository> all = new ArrayList<>(remote());
            all.addAll(system.newResolutionRepositories(session, project.getRepositories()));
            List<Dependency> wanted = project.getDependencies().stream()
                    .filter(dependency -> Set.of(JavaScopes.COMPILE, JavaScopes.RUNTIME)
                            .contains(dependency.getScope()))
                    .toList();
            return resolve(new CollectRequest(wanted, project.getManagedDependencies(), all));
        } catch (RepositoryException e) {
            throw failure(e);
        }
    }

    private static Artifact coordinates(Path pom) throws IOException {
        try (Reader in = Files.newBufferedReader(pom)) {
            Model model = new MavenXpp3Reader().read(in);
            boolean inherits = model.getParent() != null;
            String group = model.getGroupId() == null && inherits
                    ? model.getParent().getGroupId()
                    : model.getGroupId();
            String version = model.getVersion() == null && inherits
                    ? model.getParent().getVersion()
                    : model.getVersion();
            return new DefaultArtifact(group, model.getArtifactId(), "pom", version);
        } catch (XmlPullParserException e) {
            throw new IOException(
                    pom.getFileName() + " is not a POM: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private List<Path> resolve(CollectRequest request) throws IOException {
        var filter = DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME, JavaScopes.COMPILE);
        try {
            return system.resolveDependencies(session, new DependencyRequest(request, filter))
                    .getArtifactResults().stream()
                    .map(ArtifactResult::getArtifact).map(Artifact::getFile).map(File::toPath).toList();
        } catch (RepositoryException e) {
            throw failure(e);
        }
    }

    /** One line: the resolver's innermost message says what is missing, and a cause beyond it that there is no network. */
    private static IOException failure(RepositoryException e) {
        Throwable reason = e;
        while (reason.getCause() instanceof RepositoryException cause) {
            reason = cause;
        }
        String what = String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
        return new IOException(reason.getCause() == null ? what : "no connection? " + what, e);
    }

    private List<RemoteRepository> remote() {
        return system.newResolutionRepositories(session, repositories);
    }

    private void open() throws IOException {
        if (session != null) {
            return;
        }
        Settings settings = settings();
        system = new RepositorySystemSupplier().get();
        session = MavenRepositorySystemUtils.newSession();
        session.setOffline(settings.isOffline());
        // Profiles of POMs ask for the Java version and the operating system; without them such a POM counts as invalid.
        session.setSystemProperties(System.getProperties());
        session.setRepositoryListener(new Remarks(remarks));
        var mirrors = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            mirrors.add(mirror.getId(), mirror.getUrl(), mirror.getLayout(), false, mirror.isBlocked(),
                    mirror.getMirrorOf(), mirror.getMirrorOfLayouts());
        }
        session.setMirrorSelector(mirrors);
        var logins = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            logins.add(server.getId(), new AuthenticationBuilder().addUsername(server.getUsername())
                    .addPassword(server.getPassword()).build());
        }
        session.setAuthenticationSelector(logins);
        var proxies = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                var login = new AuthenticationBuilder().addUsername(proxy.getUsername())
                        .addPassword(proxy.getPassword());
                proxies.add(new org.eclipse.aether.repository.Proxy(proxy.getProtocol(), proxy.getHost(),
                        proxy.getPort(),
                        login.build()), proxy.getNonProxyHosts());
            }
        }
        session.setProxySelector(proxies);
        session.setLocalRepositoryManager(
                system.newLocalRepositoryManager(session,
                        new LocalRepository(
                                localRepository.orElseGet(() -> localRepository(settings)).toFile())));
    }

    private static Path localRepository(Settings settings) {
        String named = System.getProperty("maven.repo.local", settings.getLocalRepository());
        return named != null ? Path.of(named) : userFolder().resolve("repository");
    }

    private static Path userFolder() { return Path.of(System.getProperty("user.home"), ".m2"); }

    private static Settings settings() throws IOException {
        var request = new DefaultSettingsBuildingRequest().setSystemProperties(System.getProperties())
                .setUserSettingsFile(userFolder().resolve("settings.xml").toFile());
        try {
            return new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings();
        } catch (SettingsBuildingException e) {
            throw new IOException(
                    "Maven's settings.xml cannot be read: " + e.getMessage().lines().findFirst().orElse(""),
                    e);
        }
    }

    /** Says so where a POM cannot be read: the library is there, what it needs is not. Maven itself only warns, too. */
    private static final class Remarks extends AbstractRepositoryListener {

        private final Consumer<String> lines;

        Remarks(Consumer<String> lines) { this.lines = lines; }

        @Override
        public void artifactDescriptorInvalid(RepositoryEvent event) {
            tell(event,
                    "cannot be read (" + String.valueOf(event.getException().getMessage()).lines().findFirst()
                            .orElse("") + ")");
        }

        @Override
        public void artifactDescriptorMissing(RepositoryEvent event) { tell(event, "is missing"); }

        private void tell(RepositoryEvent event, String what) {
            lines.accept("the POM of " + event.getArtifact() + " " + what
                    + ": the libraries that it needs are not added");
        }
    }

    /** Lets the resolver read a POM that is in no repository. */
    private record OnePom(Artifact artifact, Path file) implements WorkspaceReader {

        @Override
        public WorkspaceRepository getRepository() { return new WorkspaceRepository("notebook"); }

        @Override
        public File findArtifact(Artifact wanted) {
            boolean same = wanted.getGroupId().equals(artifact.getGroupId())
                    && wanted.getArtifactId().equals(artifact.getArtifactId())
                    && wanted.getVersion().equals(artifact.getVersion())
                    && wanted.getExtension().equals("pom");
            return same ? file.toFile() : null;
        }

        @Override
        public List<String> findVersions(Artifact wanted) { return List.of(); }
    }
}
