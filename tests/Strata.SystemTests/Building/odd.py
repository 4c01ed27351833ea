"""odd.py FOLDER: fills a folder with what formats of files are known to lose."""
import os
import struct
import sys

top = os.fsencode(sys.argv[1])
os.makedirs(top)
os.chdir(top)


def write(name, content="", mode=0o644):
    with open(name, "w", encoding="ascii") as file:
        file.write(content)
    os.chmod(name, mode)


write("capable", mode=0o755)
os.setxattr("capable", "security.capability", struct.pack("<IIIII", 0x02000001, 1 << 13, 0, 0, 0))
write("noted")
os.setxattr("noted", "user.note", b"a\0b")
write("trusted")
os.setxattr("trusted", "trusted.note", b"c")
write("listed")
entries = [(1, 6, -1), (2, 4, 1000), (4, 4, -1), (16, 4, -1), (32, 4, -1)]
os.setxattr("listed", "system.posix_acl_access", struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries))
write("first", "one\n")
os.link("first", "second")
write("sparse")
os.truncate("sparse", 8 << 20)
with open("sparse", "a", encoding="ascii") as sparse:
    sparse.write("end")
write("owned", mode=0o4750)
os.chown("owned", 1234, 2345)
os.chmod("owned", 0o4750)
write("l" * 250)
os.makedirs("/".join(["deep" * 25] * 3))
write("/".join(["deep" * 25] * 3) + "/file")
write(b"not \xff utf-8")
os.symlink("first", "link")
os.mkfifo("pipe")
os.mknod("null", 0o20666, os.makedev(1, 3))
os.mknod("disk", 0o60600, os.makedev(7, 3))
os.chmod("null", 0o666)
os.mkdir("sticky")
os.chmod("sticky", 0o1777)
