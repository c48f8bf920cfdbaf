package mechanics.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import mechanics.base.Shape;
import mechanics.linalg.Array;

/**
 * Layers one after another. Those with parameters are counted from 1, and their parameters are called
 * {@code layer1.weight}, {@code layer1.bias}, {@code layer2.weight}, …
 *
 * @param layers the layers, the first applied first
 */
public record Sequential(List<Layer> layers) implements Layer {
    /** Checks that there is a layer. */
    public Sequential {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) throw new IllegalArgumentException("layers = (): expected at least one layer");
    }

    /**
     * The given layers, the first applied first.
     *
     * @param layers one after another, from the input on
     */
    public static Sequential of(Layer... layers) { return new Sequential(List.of(layers)); }

    @Override
    public Shape outputShape(Shape input) {
        Shape shape = input;
        for (Layer layer : layers) shape = layer.outputShape(shape);
        return shape;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        var all = new ArrayList<ParameterSpec>();
        Shape shape = input;
        int number = 0;
        for (Layer layer : layers) {
            var own = layer.parameters(shape);
            if (!own.isEmpty()) {
                String prefix = prefix(++number);
                own.forEach(spec -> all.add(spec.withName(prefix + spec.name())));
            }
            shape = layer.outputShape(shape);
        }
        return all;
    }

    @Override
    public int residualBranches() { return layers.stream().mapToInt(Layer::residualBranches).sum(); }

    @Override
    public Node bind(Binding binding) {
        var nodes = new Node[layers.size()];
        Tensor tensor = binding.input();
        int number = 0;
        for (int i = 0; i < nodes.length; i++) {
            Layer layer = layers.get(i);
            boolean counted = !layer.parameters(tensor.shape()).isEmpty();
            nodes[i] = binding.bind(counted ? prefix(++number) : "", layer, tensor);
            tensor = nodes[i].output();
        }
        return new Chain(nodes);
    }

    @Override
    public Layer evaluated(Node node) {
        var fixed = new ArrayList<Layer>();
        for (int i = 0; i < layers.size(); i++) fixed.add(layers.get(i).evaluated(((Chain) node).node(i)));
        return new Sequential(fixed);
    }

    private static String prefix(int number) { return "layer" + number + "."; }

    static final class Chain implements Node {
        private final Node[] nodes;

        Chain(Node[] nodes) { this.nodes = nodes; }

        Node node(int index) { return nodes[index]; }

        @Override
        public Tensor output() { return nodes[nodes.length - 1].output(); }

        @Override
        public List<Node> stages() {
            return Stream.of(nodes).flatMap(node -> node.stages().stream()).toList();
        }

        @Override
        public void forward(Pass pass) { for (Node node : nodes) node.forward(pass); }

        @Override
        public void backward(Pass pass) {
            for (int i = nodes.length - 1; i >= 0; i--) nodes[i].backward(pass);
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            for (Node node : nodes) {
                if (!node.sampleGradients(jacobian, stride)) return false;
            }
            return true;
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            for (Node node : nodes) {
                if (!node.addTangentKernel(kernel, scratch, moreScratch)) return false;
            }
            return true;
        }
    }
}
