package mechanics.network.layers;

import mechanics.base.Require;

import java.util.ArrayList;
import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Parallel;
import mechanics.linalg.Softmax;
import mechanics.network.Binding;
import mechanics.network.Blocks;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Role;
import mechanics.network.Tensor;

/**
 * Multi-head self-attention (Vaswani et al. 2017) on sequences of shape tokens × width. Queries, keys and values are
 * (q, k, v) = x W₁ᵀ + b₁, divided into heads of width d = width / heads; each head gives
 * softmax(q kᵀ / dᵃ) v, and the heads side by side go through W₂ and b₂. Parameters: {@code qkv.weight}, 3 width ×
 * width, whose first width rows make the queries, the next the keys, the last the values, {@code qkv.bias},
 * {@code out.weight}, width × width, and {@code out.bias}.
 *
 * <p>Cost per sequence: 4 tokens × width² + 2 tokens² × width multiply–adds forward, twice that backward. Memory per
 * sequence: heads × tokens² for the probabilities, and as much for each of two adjoints.
 *
 * @param heads the number of heads, a divisor of the width
 * @param causal whether a token sees only itself and those before it
 * @param scaleExponent a: ½ keeps the scores of random queries and keys of order one, 1 those of learned, aligned ones
 *        and so goes with maximal update (Yang et al. 2022, definition 4.1)
 */
public record Attention(int heads, boolean causal, double scaleExponent) implements Layer {
    /** Checks the numbers. */
    public Attention {
        Require.positive("heads", heads);
        if (!(scaleExponent >= 0) || Double.isInfinite(scaleExponent)) {
            throw new IllegalArgumentException(
                    "scaleExponent = " + scaleExponent + ": expected a number of at least 0");
        }
    }

    /**
     * Full attention with scores scaled by 1/√d.
     *
     * @param heads the number of heads, a divisor of the width
     */
    public static Attention of(int heads) { return new Attention(heads, false, 0.5); }

    /** This layer where a token sees only itself and those before it: for language. */
    public Attention causally() {
        return new Attention(heads, true, scaleExponent);
    }

    /**
     * This layer with scores scaled by 1/dᵃ.
     *
     * @param a the exponent a of the scale (width of a head)^(−a) of the logits
     */
    public Attention scaleExponent(double a) { return new Attention(heads, causal, a); }

    @Override
    public Shape outputShape(Shape input) {
        requireTokens("attention", input);
        if (input.columns() % heads != 0) {
            throw new IllegalArgumentException(
                    "heads = " + heads + ": expected a divisor of the width " + input.columns());
        }
        return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int width = outputShape(input).columns();
        var specs = new ArrayList<ParameterSpec>();
        // The fans are those of one of the three maps that lie here together.
        specs.add(new ParameterSpec("qkv.weight", Shape.of(3 * width, width), Role.HIDDEN, width, width,
                false));
        specs.add(new ParameterSpec("qkv.bias", Shape.of(3 * width), Role.BIAS, 1, width, false));
        specs.add(ParameterSpec.weight("out.weight", width, width).withRole(Role.HIDDEN));
        specs.add(ParameterSpec.bias("out.bias", width));
        return specs;
    }

    @Override
    public Node bind(Binding binding) { return new AttentionNode(this, binding); }

    static void requireTokens(String layer, Shape input) {
        if (input.rank() != 2) {
            throw new IllegalArgumentException(
                    layer + " on inputs of shape " + input + ": expected (tokens, width)");
        }
    }

    private static final class AttentionNode implements Node {
        private final int heads;
        private final boolean causal;
        /** 1 / dᵃ. */
        private final double scale;
        /** x ↦ (q, k, v), and heads ↦ output. */
        private final Node first;
        private final Node last;
        private final Tensor qkv;
        private final Tensor mixed;
        /** Probabilities; their adjoint; the adjoint of the scores. In the forward pass scores turn into p in place. */
        private final Tensor probabilities;
        private final Tensor scoresAdjoint;
        private final Blocks q;
        private final Blocks k;
        private final Blocks v;
        private final Blocks p;
        private final Blocks o;
        private final Blocks dq;
        private final Blocks dk;
        private final Blocks dv;
        private final Blocks dp;
        private final Blocks ds;
        private final Blocks dO;
        private final Parallel forward = new Parallel(this::mix);
        private final Parallel backward = new Parallel(this::unmix);
        /** What the parts work on now. */
        private Pass pass;

        AttentionNode(Attention layer, Binding binding) {
            Tensor x = binding.input();
            int tokens = x.shape().rows();
            int width = x.columns();
            heads = layer.heads;
            causal = layer.causal;
            int d = width / heads;
            scale = Math.pow(d, -layer.scaleExponent);
            first = binding.bind("qkv.", Dense.of(3 * width), x);
            qkv = first.output();
            probabilities = binding.tensor(Shape.of(heads * tokens, tokens));
            scoresAdjoint = binding.tensor(Shape.of(heads * tokens, tokens));
            mixed = binding.tensor(x.shape());
            last = binding.bind("out.", Dense.of(width), mixed);
            q = new Blocks(qkv, 0, 3 * width, 3 * width * tokens, d, tokens, d);
            k = new Blocks(qkv, width, 3 * width, 3 * width * tokens, d, tokens, d);
            v = new Blocks(qkv, 2 * width, 3 * width, 3 * width * tokens, d, tokens, d);
            o = new Blocks(mixed, 0, width, width * tokens, d, tokens, d);
            p = new Blocks(probabilities, 0, tokens, heads * tokens * tokens, tokens * tokens, tokens,
                    tokens);
            ds = new Blocks(scoresAdjoint, 0, tokens, heads * tokens * tokens, tokens * tokens, tokens,
                    tokens);
            dq = q.adjoint();
            dk = k.adjoint();
            dv = v.adjoint();
            dp = p.adjoint();
            dO = o.adjoint();
        }

        @Override
        public Tensor output() { return last.output(); }

        @Override
        public void forward(Pass current) {
            first.forward(current);
            begin(current, probabilities, mixed);
            forward.run(parts());
            last.forward(current);
        }

        @Override
        public void backward(Pass current) {
            last.backward(current);
            mixed.adjoint().settle(current);
            begin(current, probabilities.adjoint(), scoresAdjoint);
            qkv.adjoint().markWritten(current);
            backward.run(parts());
            first.backward(current);
        }

        /** Takes the memory of what the parts will write before they start. */
        private void begin(Pass current, Tensor one, Tensor other) {
            pass = current;
            one.markWritten(current);
            one.array(current);
            other.markWritten(current);
            other.array(current);
            qkv.adjoint().array(current);
        }

        private int parts() {
            return Parallel.parts(2L * qkv.samples() * p.rows() * p.rows() * mixed.columns(), qkv.samples());
        }

        private void mix(int part, int parts) {
            int end = Parallel.start(qkv.samples(), part + 1, parts);
            for (int i = Parallel.start(qkv.samples(), part, parts); i < end; i++) {
                for (int h = 0; h < heads; h++) {
                    pass.setProduct(scale, q, false, k, true, p, i, h);
                    softmax(p.start(i, h));
                    pass.setProduct(1, p, false, v, false, o, i, h);
                }
            }
        }

        private void unmix(int part, int parts) {
            int end = Parallel.start(qkv.samples(), part + 1, parts);
            for (int i = Parallel.start(qkv.samples(), part, parts); i < end; i++) {
                for (int h = 0; h < heads; h++) {
                    pass.setProduct(1, dO, false, v, true, dp, i, h);
                    pass.setProduct(1, p, true, dO, false, dv, i, h);
                    softmaxAdjoint(p.start(i, h));
                    pass.setProduct(scale, ds, false, k, false, dq, i, h);
                    pass.setProduct(scale, ds, true, q, false, dk, i, h);
                }
            }
        }

        private void softmax(int at) {
            Array value = probabilities.value();
            switch (pass) {
                case VALUE -> Softmax.rows(value, at, p.rows(), p.rows(), causal);
                case TANGENT -> {
                    Array tangent = probabilities.tangent();
                    Softmax.derivative(value, at, tangent, at, tangent, at, p.rows(), p.rows());
                }
            }
        }

        private void softmaxAdjoint(int at) {
            int n = p.rows();
            Tensor adjoint = probabilities.adjoint();
            Softmax.derivative(probabilities.value(), at, adjoint.array(pass), at, scoresAdjoint.array(pass),
                    at, n, n);
            if (pass == Pass.TANGENT) {
                Softmax.addSecondDerivative(probabilities.value(), probabilities.tangent(), at,
                        adjoint.value(), at,
                        scoresAdjoint.tangent(), at, n, n);
            }
        }

        @Override
        public boolean sampleGradients(Array jacobian, int stride) {
            return first.sampleGradients(jacobian, stride) && last.sampleGradients(jacobian, stride);
        }

        @Override
        public boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) {
            return first.addTangentKernel(kernel, scratch, moreScratch)
                    && last.addTangentKernel(kernel, scratch, moreScratch);
        }
    }
}
