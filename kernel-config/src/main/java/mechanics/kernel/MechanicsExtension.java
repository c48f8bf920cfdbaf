package mechanics.kernel;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

import org.knowm.xchart.internal.chartpart.Chart;

import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.plot.Figure;

/**
 * Shows the laboratory's values: everything {@link Renderable}, charts of XChart, images, arrays. Works in this kernel
 * and, found through {@code JJAVA_CLASSPATH}, in a stock JJava; so it uses nothing of the kernel's own.
 */
public final class MechanicsExtension implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        Renderer renderer = kernel.getRenderer();
        renderer.createRegistration(Renderable.class)
                .register((value, context) -> put(value.render(), context));
        renderer.createRegistration(BufferedImage.class).preferring(MIMEType.IMAGE_PNG)
                .register((image, context) -> put(rendering(image), context));
        renderer.createRegistration(Chart.class).preferring(MIMEType.IMAGE_PNG)
                .register((chart, context) -> put(Figure.of((Chart<?, ?>) chart).render(), context));
        // Reached by what nothing else shows: arrays of every type, and what holds them.
        renderer.createRegistration(Object.class).preferring(MIMEType.TEXT_PLAIN)
                .register((value, context) -> context.renderIfRequested(MIMEType.TEXT_PLAIN,
                        () -> PlainText.of(value)));
        renderer.createRegistration(URL.class).preferring(MIMEType.TEXT_HTML)
                .register((address, context) -> context.getOutputContainer().putHTML(link(address)));
        renderer.createRegistration(URLConnection.class).preferring(MIMEType.TEXT_HTML)
                .register((connection, context) -> context.getOutputContainer()
                        .putHTML(link(connection.getURL())));
    }

    /** In place of the protocol layer's own, which does not close its tag and encodes the address as if it were a field. */
    private static String link(URL address) {
        String text = address.toExternalForm().replace("&", "&amp;").replace("<", "&lt;").replace("\"",
                "&quot;");
        return "<a href=\"" + text + "\">" + text + "</a>";
    }

    private static void put(Rendering rendering, RenderContext context) {
        DisplayData out = context.getOutputContainer();
        rendering.data().forEach((type, content) -> {
            if (context.wantsDataRenderedAs(MIMEType.parse(type))) {
                out.putData(type, json(content));
                if (rendering.metadata().containsKey(type)) {
                    out.putMetaData(type, json(rendering.metadata().get(type)));
                }
            }
        });
    }

    /** What JSON can carry: bytes in base 64, numbers that are not finite as text. */
    private static Object json(Object value) {
        return switch (value) {
            case null -> null;
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case Double number when !Double.isFinite(number) -> number.toString();
            case Float number when !Float.isFinite(number) -> number.toString();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, content) -> copy.put(String.valueOf(key), json(content)));
                yield copy;
            }
            case List<?> list -> list.stream().map(MechanicsExtension::json).toList();
            default -> value;
        };
    }

    private static Rendering rendering(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.PNG, png.toByteArray());
        // Not the image's own toString: it has an address in it that changes from run to run.
        data.put(Rendering.TEXT, "image, " + image.getWidth() + " × " + image.getHeight());
        return new Rendering(data,
                Map.of(Rendering.PNG, Map.of("width", image.getWidth(), "height", image.getHeight())));
    }
}
