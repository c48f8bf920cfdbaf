package mechanics.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** What the numbers of a {@link StoredArray} are, with the names that NumPy and safetensors give them. */
public enum ElementType {
    /** One byte, 0 or 1. */
    BOOLEAN("b1", "BOOL", 1),
    /** A signed byte. */
    INT8("i1", "I8", 1),
    /** An unsigned byte. */
    UINT8("u1", "U8", 1),
    /** 16 bits, signed. */
    INT16("i2", "I16", 2),
    /** 16 bits, unsigned. */
    UINT16("u2", "U16", 2),
    /** 32 bits, signed. */
    INT32("i4", "I32", 4),
    /** 32 bits, unsigned. */
    UINT32("u4", "U32", 4),
    /** 64 bits, signed. */
    INT64("i8", "I64", 8),
    /** 64 bits, unsigned. */
    UINT64("u8", "U64", 8),
    /** IEEE 754 half precision. */
    FLOAT16("f2", "F16", 2),
    /** The upper half of a {@link #FLOAT32}; NumPy has none. */
    BFLOAT16("", "BF16", 2),
    /** IEEE 754 single precision. */
    FLOAT32("f4", "F32", 4),
    /** IEEE 754 double precision. */
    FLOAT64("f8", "F64", 8);

    private final String numpy;
    private final String safetensors;
    private final int bytes;

    ElementType(String numpy, String safetensors, int bytes) {
        this.numpy = numpy;
        this.safetensors = safetensors;
        this.bytes = bytes;
    }

    /** The bytes of one number. */
    public int bytes() { return bytes; }

    /** Whether it has whole numbers only. */
    public boolean isWhole() {
        return switch (this) {
            case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
            default -> true;
        };
    }

    /** The type that NumPy calls so, without the byte order: {@code f4}. */
    static Optional<ElementType> ofNumpy(String code) {
        return Stream.of(values()).filter(type -> !code.isEmpty() && type.numpy.equals(code)).findFirst();
    }

    /** The type that safetensors calls so: {@code F32}. */
    static Optional<ElementType> ofSafetensors(String name) {
        return Stream.of(values()).filter(type -> type.safetensors.equals(name)).findFirst();
    }

    /** The number at an index. Exact, but for 64-bit integers beyond 2⁵³, which are rounded. */
    double value(ByteBuffer data, int index) {
        return switch (this) {
            case FLOAT16 -> Float.float16ToFloat(data.getShort(2 * index));
            case BFLOAT16 -> Float.intBitsToFloat(data.getShort(2 * index) << 16);
            case FLOAT32 -> data.getFloat(4 * index);
            case FLOAT64 -> data.getDouble(8 * index);
            case UINT64 -> {
                long value = data.getLong(8 * index);
                yield value >= 0 ? value : (value >>> 1 | (value & 1)) * 2.0;
            }
            default -> whole(data, index);
        };
    }

    /** The whole number at an index; of {@link #UINT64} beyond 2⁶³ the bits as they are. */
    long whole(ByteBuffer data, int index) {
        return switch (this) {
            case BOOLEAN, UINT8 -> data.get(index) & 0xff;
            case INT8 -> data.get(index);
            case INT16 -> data.getShort(2 * index);
            case UINT16 -> data.getShort(2 * index) & 0xffff;
            case INT32 -> data.getInt(4 * index);
            case UINT32 -> data.getInt(4 * index) & 0xffff_ffffL;
            case INT64, UINT64 -> data.getLong(8 * index);
            default -> throw new IllegalStateException(this + " has fractions");
        };
    }
}
