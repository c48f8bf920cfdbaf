package mechanics.base;

/**
 * Something a notebook can show: a figure, a prediction, a check. The kernel asks for the rendering when such a value
 * ends a cell; nothing here depends on a kernel.
 */
public interface Renderable {

    /** The content by MIME type, richest and plainest together: the front end chooses. */
    Rendering render();
}
