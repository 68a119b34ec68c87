# SPDX-FileCopyrightText: 2026 Glasshouse authors
# SPDX-License-Identifier: GPL-3.0-or-later
# The core of prometheus-cpp, without its HTTP server and its pusher: defines prometheus-cpp::core. Its own package file looks
# for what those two need (civetweb, curl, zlib), and fails where that is not there; the core needs nothing of it.
set(prometheus_cpp_required ${prometheus-cpp_FIND_REQUIRED})
set(prometheus-cpp_FIND_REQUIRED FALSE) # or what it looks for is required as well
find_package(prometheus-cpp CONFIG QUIET)
set(prometheus-cpp_FIND_REQUIRED ${prometheus_cpp_required})
if(NOT TARGET prometheus-cpp::core)
    find_path(PROMETHEUS_CPP_INCLUDE_DIR prometheus/text_serializer.h)
    find_library(PROMETHEUS_CPP_CORE_LIBRARY prometheus-cpp-core)
    mark_as_advanced(PROMETHEUS_CPP_INCLUDE_DIR PROMETHEUS_CPP_CORE_LIBRARY)
endif()

include(FindPackageHandleStandardArgs)
if(TARGET prometheus-cpp::core)
    set(prometheus-cpp_FOUND TRUE)
else()
    find_package_handle_standard_args(prometheus-cpp REQUIRED_VARS PROMETHEUS_CPP_CORE_LIBRARY PROMETHEUS_CPP_INCLUDE_DIR)
    if(prometheus-cpp_FOUND)
        add_library(prometheus-cpp::core UNKNOWN IMPORTED)
        set_target_properties(prometheus-cpp::core PROPERTIES IMPORTED_LOCATION "${PROMETHEUS_CPP_CORE_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${PROMETHEUS_CPP_INCLUDE_DIR}")
    endif()
endif()
