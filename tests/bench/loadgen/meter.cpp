// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loadgen/meter.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace loadgen {

double serverCpuSeconds(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 1)));
    std::string skipped;
    double user = 0;
    double system = 0;
    for (int i = 3; i < 14; ++i) // fields 14 and 15, counted from 1, are what we want; the name was 2
        fields >> skipped;
    fields >> user >> system;
    return (user + system) / double(sysconf(_SC_CLK_TCK));
}

double serverResidentBytes(int pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
    double all = 0;
    double resident = 0;
    file >> all >> resident;
    return resident * double(sysconf(_SC_PAGESIZE));
}

} // namespace loadgen
