package mechanics.data;

import java.net.URI;

/**
 * A file that is fetched from its official home on request.
 *
 * @param set the data set it belongs to, also the name of its folder in the cache
 * @param name its name in the cache
 * @param address its official home
 * @param bytes its size, to report progress and to plan a download
 * @param md5 its published MD5 checksum, 32 hexadecimal digits
 */
public record OfficialFile(String set, String name, URI address, long bytes, String md5) {

    public OfficialFile {
        if (!md5.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("md5 = " + md5 + ": expected 32 hexadecimal digits");
        }
    }
}
